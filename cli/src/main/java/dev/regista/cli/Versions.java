package dev.regista.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar has. */
final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return new String[] {"regista " + (version == null ? "(built from sources)" : version)};
    }
}
