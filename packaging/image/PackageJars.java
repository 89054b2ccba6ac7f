import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Makes the jars of a package from those of the runnable folder: `java PackageJars.java LIB OUT`.
///
/// - JavaFX is left out: it is in the runtime image.
/// - Of the Graph SDK stays what can be reached ([TrimJar]).
/// - Signatures are dropped, and classes of Java 5 are written as those of Java 8: the virtual machine archives neither, so they
///   would be read and verified at every start (decision 0018).
/// - Tables of local variables are dropped, which only debuggers read; line numbers stay.
/// - Nothing is compressed: packages compress better as a whole, and classes load sooner.
///
/// The manifest of `rollcall.jar` names all others, so that there is one class path in one order everywhere. The jars' times are
/// even seconds, since the archive of classes is bound to them and zip files know no others.
public final class PackageJars {
    private static final String GRAPH = "microsoft-graph-[0-9].*";
    private static final String MAIN = "rollcall.jar";
    private static final int JAVA_8 = 52;

    private PackageJars() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("usage: java PackageJars.java LIB OUT");
            System.exit(2);
        }
        Path out = Files.createDirectories(Path.of(args[1]));
        List<Path> jars;
        try (var all = Files.list(Path.of(args[0]))) {
            jars = all.filter(each -> each.toString().endsWith(".jar"))
                    .filter(each -> !each.getFileName().toString().startsWith("javafx-"))
                    .sorted(Comparator.comparing(each -> each.getFileName().toString())).toList();
        }
        var urls = new ArrayList<URL>();
        for (Path each : jars) {
            urls.add(each.toUri().toURL());
        }
        try (var loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            // The frames of old classes are found out by what is above them.
            var rewriter = new Rewriter(ClassHierarchyResolver.ofResourceParsing(loader), jars.stream()
                    .map(each -> each.getFileName().toString()).filter(each -> !each.equals(MAIN))
                    .collect(Collectors.joining(" ")));
            for (Path jar : jars) {
                String name = jar.getFileName().toString();
                if (name.matches(GRAPH)) {
                    Path trimmed = Files.createTempFile("trimmed", ".jar");
                    TrimJar.trim(jar, trimmed, jars.stream().filter(each -> !each.equals(jar)).toList());
                    rewriter.rewrite(trimmed, out.resolve(name));
                    Files.delete(trimmed);
                } else {
                    rewriter.rewrite(jar, out.resolve(name));
                }
            }
        }
    }

    /// @param others the file names of all jars but `rollcall.jar`
    private record Rewriter(ClassHierarchyResolver hierarchy, String others) {
        void rewrite(Path from, Path to) throws IOException {
            try (var jar = new JarFile(from.toFile(), false); var out = new ZipOutputStream(Files.newOutputStream(to))) {
                out.setMethod(ZipOutputStream.STORED);
                for (JarEntry entry : jar.stream().toList()) {
                    String name = entry.getName();
                    if (name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)")) {
                        continue;
                    }
                    byte[] bytes;
                    try (InputStream in = jar.getInputStream(entry)) {
                        bytes = in.readAllBytes();
                    }
                    if (name.equals(JarFile.MANIFEST_NAME)) {
                        bytes = manifest(bytes, to.endsWith(MAIN));
                    } else if (name.endsWith(".class")) {
                        bytes = rewritten(bytes);
                    }
                    var copy = new ZipEntry(name);
                    copy.setTime(entry.getTime());
                    copy.setSize(bytes.length);
                    var crc = new CRC32();
                    crc.update(bytes);
                    copy.setCrc(crc.getValue());
                    out.putNextEntry(copy);
                    out.write(bytes);
                }
            }
            long seconds = Files.getLastModifiedTime(from).to(java.util.concurrent.TimeUnit.SECONDS) / 2 * 2;
            Files.setLastModifiedTime(to, java.nio.file.attribute.FileTime.from(seconds,
                    java.util.concurrent.TimeUnit.SECONDS));
        }

        private byte[] manifest(byte[] bytes, boolean main) throws IOException {
            var manifest = new Manifest(new ByteArrayInputStream(bytes));
            manifest.getEntries().values().removeIf(attributes -> {
                attributes.keySet().removeIf(key -> key.toString().endsWith("-Digest"));
                return attributes.isEmpty();
            });
            if (main) {
                manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, others);
            }
            var out = new ByteArrayOutputStream();
            manifest.write(out);
            return out.toByteArray();
        }

        private byte[] rewritten(byte[] bytes) {
            ClassModel model = ClassFile.of(ClassFile.DebugElementsOption.DROP_DEBUG).parse(bytes);
            if (model.isModuleInfo()) {
                return bytes;
            }
            if (model.majorVersion() >= ClassFile.JAVA_6_VERSION) {
                try {
                    return ClassFile.of(ClassFile.DebugElementsOption.DROP_DEBUG).transformClass(model,
                            ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL));
                } catch (IllegalArgumentException e) {
                    return bytes; // Names an optional class that is not there, so its frames cannot be made anew.
                }
            }
            return ClassFile.of(ClassFile.DebugElementsOption.DROP_DEBUG, ClassFile.ConstantPoolSharingOption.NEW_POOL,
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(hierarchy)).transformClass(model,
                            ClassTransform.dropping(each -> each instanceof ClassFileVersion)
                                    .andThen(ClassTransform.endHandler(made -> made.withVersion(JAVA_8, 0))));
        }
    }
}
