import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;

/** Runs as a source file, on the server's own class path; ends when its standard input does, that is, with its parent. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        JettyConfig jetty = JettyConfig.builder()
                .setContext("/solr")
                .setPort(Integer.parseInt(args[1]))
                .build();
        JettySolrRunner solr = new JettySolrRunner(Path.of(args[0]).toString(), new Properties(), jetty);
        solr.start();
        CoreContainer container = solr.getCoreContainer();
        if (container.isZooKeeperAware()) {
            // A server alone finds this file by itself.
            byte[] security = Files.readAllBytes(Path.of(args[0], "security.json"));
            container.getZkController().getZkClient().setData("/security.json", security, true);
            container.securityNodeChanged();
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Nothing is ever said to it.
        }
        solr.stop();
        System.exit(0);
    }
}
