package dev.regista.testing;

import java.sql.SQLException;

/** Turns the general log on, into its table, while somebody records, and off with the last one. */
final class MariaDbLogSwitch {

    /** Guarded by this. */
    private int recordings;

    synchronized void on(AdminConnection admin) throws SQLException {
        if (recordings == 0) {
            admin.execute(
                    "SET GLOBAL log_output = 'TABLE'",
                    "TRUNCATE TABLE mysql.general_log",
                    "SET GLOBAL general_log = ON");
        }
        recordings++;
    }

    synchronized void off(AdminConnection admin) throws SQLException {
        if (--recordings == 0) {
            admin.execute("SET GLOBAL general_log = OFF");
        }
    }
}
