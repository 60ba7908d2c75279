package dev.regista.migrations.run;

import dev.regista.ConfigurationException;
import java.util.regex.Pattern;

/** Finds statements that would end the transaction in which a script runs, and with it what holds it together. */
final class TransactionControl {
    private static final Pattern SUSPICION =
            Pattern.compile("\\b(commit|rollback|begin|start\\s+transaction)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL = Pattern.compile("(COMMIT|BEGIN|START TRANSACTION|ROLLBACK(?! TO)).*");

    private TransactionControl() {}

    static void refuse(Step step, String text, Engine engine) {
        if (!SUSPICION.matcher(text).find()) {
            return;
        }
        for (Splitter.Part part : Splitter.split(text, engine)) {
            if (CONTROL.matcher(part.firstWords()).matches()) {
                throw new ConfigurationException(step + " has " + part.firstWords() + " in line " + part.line()
                        + ", but runs in a transaction with its entry in the history. Leave it out, or begin the script"
                        + " with -- regista: no transaction");
            }
        }
    }
}
