import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Leaves out of a jar the classes and methods that nothing can reach. Whatever the other jars name is a root.
///
/// Of a class that is reached, a method stays if it is named with this class or one below it as the owner, if a method of the same
/// name and types is called anywhere, or if it may override one of a class outside of the jar. This keeps more than is needed and
/// never less, as long as nobody finds the jar's classes by reflection; the Graph SDK's models do not.
final class TrimJar {
    private record Signature(String name, String type) {}

    private record Method(String owner, Signature signature) {}

    private final Map<String, ClassModel> inside = new HashMap<>();
    private final Map<String, ClassModel> outside = new HashMap<>();
    private final Map<String, Set<Signature>> inherited = new HashMap<>();

    private final Set<String> live = new HashSet<>();
    private final Set<Method> kept = new HashSet<>();
    private final Set<Signature> called = new HashSet<>();
    private final Map<Signature, List<String>> waiting = new HashMap<>();
    private final Deque<Runnable> work = new ArrayDeque<>();

    private TrimJar() {}

    /// @param others all other jars on the class path
    static void trim(Path from, Path to, List<Path> others) throws IOException {
        var trim = new TrimJar();
        trim.inside.putAll(read(from));
        for (Path each : others) {
            read(each).forEach(trim.outside::putIfAbsent);
        }
        trim.reach();
        trim.write(from, to);
    }

    private static Map<String, ClassModel> read(Path path) throws IOException {
        Map<String, ClassModel> classes = new HashMap<>();
        try (var jar = new JarFile(path.toFile())) {
            for (var entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.endsWith("-info.class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        ClassModel model = ClassFile.of().parse(in.readAllBytes());
                        classes.putIfAbsent(model.thisClass().asInternalName(), model);
                    }
                }
            }
        }
        return classes;
    }

    private void reach() {
        for (ClassModel model : outside.values()) {
            for (PoolEntry entry : model.constantPool()) {
                pool(entry);
            }
        }
        while (!work.isEmpty()) {
            work.poll().run();
        }
    }

    private void pool(PoolEntry entry) {
        switch (entry) {
            case ClassEntry type -> type(type.asInternalName());
            case MethodRefEntry method -> method(method);
            case InterfaceMethodRefEntry method -> method(method);
            case MemberRefEntry field -> type(field.owner().asInternalName());
            case MethodTypeEntry type -> types(type.descriptor().stringValue());
            case MethodHandleEntry handle -> pool(handle.reference());
            default -> {
            }
        }
    }

    private void method(MemberRefEntry method) {
        String owner = method.owner().asInternalName();
        type(owner);
        var signature = new Signature(method.name().stringValue(), method.type().stringValue());
        types(signature.type());
        // The one that is meant may stand in a class above.
        String each = owner;
        while (each != null && inside.containsKey(each)) {
            keep(each, signature);
            each = superclass(inside.get(each));
        }
        if (!signature.name().equals("<init>") && called.add(signature)) {
            for (String waits : waiting.getOrDefault(signature, List.of())) {
                keep(waits, signature);
            }
        }
    }

    private static String superclass(ClassModel model) {
        return model.superclass().map(ClassEntry::asInternalName).orElse(null);
    }

    private void types(String descriptor) {
        for (int at = descriptor.indexOf('L'); at >= 0; at = descriptor.indexOf('L', at)) {
            int end = descriptor.indexOf(';', at);
            type(descriptor.substring(at + 1, end));
            at = end;
        }
    }

    private void type(String name) {
        if (name.startsWith("[")) {
            types(name);
        } else if (inside.containsKey(name) && live.add(name)) {
            work.add(() -> enter(inside.get(name)));
        }
    }

    private void enter(ClassModel model) {
        String name = model.thisClass().asInternalName();
        model.superclass().ifPresent(above -> type(above.asInternalName()));
        model.interfaces().forEach(above -> type(above.asInternalName()));
        Set<Signature> overridable = inherited(name);
        for (MethodModel method : model.methods()) {
            var signature = signature(method);
            boolean special = signature.name().equals("<clinit>")
                    // Enumerations are read by name, and what belongs to all of them is called by the JDK.
                    || superclass(model) != null && superclass(model).equals("java/lang/Enum");
            if (special || overridable.contains(signature) || called.contains(signature)) {
                keep(name, signature);
            } else {
                waiting.computeIfAbsent(signature, _ -> new ArrayList<>()).add(name);
            }
        }
    }

    private static Signature signature(MethodModel method) {
        return new Signature(method.methodName().stringValue(), method.methodType().stringValue());
    }

    /// What the classes and interfaces outside of the jar, above this one, declare.
    private Set<Signature> inherited(String name) {
        Set<Signature> known = inherited.get(name);
        if (known == null) {
            known = new HashSet<>();
            ClassModel model = inside.get(name);
            boolean isOutside = model == null;
            if (isOutside) {
                model = outside.get(name);
            }
            if (model == null) {
                model = ofTheJdk(name);
            }
            if (isOutside) {
                for (MethodModel method : model.methods()) {
                    if (!method.methodName().equalsString("<init>")) {
                        known.add(signature(method));
                    }
                }
            }
            String above = superclass(model);
            if (above != null) {
                known.addAll(inherited(above));
            }
            for (ClassEntry each : model.interfaces()) {
                known.addAll(inherited(each.asInternalName()));
            }
            inherited.put(name, known);
        }
        return known;
    }

    private static ClassModel ofTheJdk(String name) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            if (in == null) {
                throw new IllegalStateException("no class " + name + " in the jars or in the JDK");
            }
            return ClassFile.of().parse(in.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void keep(String owner, Signature signature) {
        ClassModel model = inside.get(owner);
        for (MethodModel method : model.methods()) {
            if (method.methodName().equalsString(signature.name()) && method.methodType().equalsString(signature.type())
                    && kept.add(new Method(owner, signature))) {
                type(owner);
                types(signature.type());
                method.findAttribute(Attributes.exceptions()).ifPresent(
                        thrown -> thrown.exceptions().forEach(each -> type(each.asInternalName())));
                work.add(() -> method.code().ifPresent(this::code));
            }
        }
    }

    private void code(CodeModel code) {
        for (var element : code) {
            switch (element) {
                case InvokeInstruction call -> method(call.method());
                case FieldInstruction field -> {
                    type(field.owner().asInternalName());
                    types(field.type().stringValue());
                }
                case NewObjectInstruction made -> type(made.className().asInternalName());
                case NewReferenceArrayInstruction made -> type(made.componentType().asInternalName());
                case NewMultiArrayInstruction made -> type(made.arrayType().asInternalName());
                case TypeCheckInstruction check -> type(check.type().asInternalName());
                case ConstantInstruction.LoadConstantInstruction constant -> constant(constant.constantEntry());
                case InvokeDynamicInstruction dynamic -> {
                    types(dynamic.type().stringValue());
                    dynamic.invokedynamic().bootstrap().arguments().forEach(this::constant);
                }
                default -> {
                }
            }
        }
        code.exceptionHandlers().forEach(each -> each.catchType().ifPresent(caught -> type(caught.asInternalName())));
        // The verifier loads these where one type is used for another.
        code.findAttribute(Attributes.stackMapTable()).ifPresent(table -> table.entries().forEach(frame -> {
            frame.locals().forEach(this::verified);
            frame.stack().forEach(this::verified);
        }));
    }

    private void verified(VerificationTypeInfo info) {
        if (info instanceof ObjectVerificationTypeInfo object) {
            type(object.className().asInternalName());
        }
    }

    private void constant(LoadableConstantEntry constant) {
        if (constant instanceof ConstantDynamicEntry dynamic) {
            dynamic.bootstrap().arguments().forEach(this::constant);
        } else {
            pool(constant);
        }
    }

    private void write(Path from, Path to) throws IOException {
        int classes = 0;
        try (var jar = new JarFile(from.toFile()); var out = new ZipOutputStream(Files.newOutputStream(to))) {
            out.setLevel(9);
            for (var entry : jar.stream().toList()) {
                String name = entry.getName();
                byte[] bytes;
                if (name.endsWith(".class") && !name.endsWith("-info.class")) {
                    if (!live.contains(name.substring(0, name.length() - ".class".length()))) {
                        continue;
                    }
                    classes++;
                    bytes = trimmed(inside.get(name.substring(0, name.length() - ".class".length())));
                } else {
                    try (InputStream in = jar.getInputStream(entry)) {
                        bytes = in.readAllBytes();
                    }
                }
                var copy = new ZipEntry(name);
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(bytes);
            }
        }
        System.out.printf("%s: %,d of %,d classes, %,d of %,d KB%n", from.getFileName(), classes, inside.size(),
                Files.size(to) >> 10, Files.size(from) >> 10);
    }

    private byte[] trimmed(ClassModel model) {
        String name = model.thisClass().asInternalName();
        return ClassFile.of(ClassFile.ConstantPoolSharingOption.NEW_POOL).transformClass(model,
                ClassTransform.dropping(element -> element instanceof MethodModel method
                        && !kept.contains(new Method(name, signature(method)))));
    }
}
