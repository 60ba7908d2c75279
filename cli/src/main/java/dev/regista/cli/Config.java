package dev.regista.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;

@Command(name = "config", description = "Prints what holds, and where each value comes from. Secrets are masked.")
final class Config extends Task {
    private static final Pattern LINE = Pattern.compile("(\\S+) = (.*) {2}\\((.*)\\)");

    @Override
    public Integer call() {
        try (Application.ClassPath classPath = Application.ClassPath.of(root())) {
            String description = Application.loader(root(), classPath).describe();
            List<Object> json = new ArrayList<>();
            description.lines().forEach(line -> {
                say(line);
                Matcher parts = LINE.matcher(line);
                if (parts.matches()) {
                    Map<String, Object> each = new LinkedHashMap<>();
                    each.put("key", parts.group(1));
                    each.put("value", parts.group(2));
                    each.put("from", parts.group(3));
                    json.add(each);
                }
            });
            return end(true, json);
        }
    }
}
