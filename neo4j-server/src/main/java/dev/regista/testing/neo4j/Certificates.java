package dev.regista.testing.neo4j;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Makes a key, and a certificate for the loopback address that is signed with it, as the server wants to read them. */
final class Certificates {
    static final String CERTIFICATE = "public.crt";

    private static final String KEY = "private.key";
    private static final String STORE_PASSWORD = "changeit";

    private Certificates() {}

    static void create(Path directory) throws IOException {
        Path store = directory.resolve("keys.p12");
        generate(store);
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, STORE_PASSWORD.toCharArray());
            write(
                    directory.resolve(KEY),
                    "PRIVATE KEY",
                    keys.getKey("neo4j", STORE_PASSWORD.toCharArray()).getEncoded());
            write(
                    directory.resolve(CERTIFICATE),
                    "CERTIFICATE",
                    keys.getCertificate("neo4j").getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** The JDK has no other way to sign a certificate. */
    private static void generate(Path store) throws IOException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "neo4j",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "3",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:" + Neo4jServer.HOST + ",dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.onExit().join().exitValue() != 0) {
            throw new IOException("keytool failed: " + output);
        }
    }

    private static void write(Path file, String what, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
    }
}
