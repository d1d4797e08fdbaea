package ahti.testkit.record.format;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * Writes and reads records: their components, one after the other; of a sealed interface first the number of the kind. Made
 * once for each type, from its declaration, so that what is written and what is read cannot differ.
 */
abstract class Codec<T> {
    private static final Map<Type, Codec<?>> PLAIN = new LinkedHashMap<>();

    abstract void write(FieldWriter out, T value);

    abstract T read(FieldReader in) throws UnreadableRecording;

    private interface Write<T> {
        void to(FieldWriter out, T value);
    }

    private interface Read<T> {
        T from(FieldReader in) throws UnreadableRecording;
    }

    private static <T> Codec<T> codec(Write<T> write, Read<T> read) {
        return new Codec<>() {
            @Override
            void write(FieldWriter out, T value) {
                write.to(out, value);
            }

            @Override
            T read(FieldReader in) throws UnreadableRecording {
                return read.from(in);
            }
        };
    }

    static {
        PLAIN.put(int.class, codec((FieldWriter out, Integer value) -> out.number(value), FieldReader::integer));
        PLAIN.put(Integer.class, codec((FieldWriter out, Integer value) -> out.number(value), FieldReader::integer));
        PLAIN.put(long.class, codec((FieldWriter out, Long value) -> out.number(value), FieldReader::number));
        PLAIN.put(Long.class, codec((FieldWriter out, Long value) -> out.number(value), FieldReader::number));
        PLAIN.put(boolean.class, codec((out, value) -> out.number(value ? 1 : 0), in -> in.upTo(1) == 1));
        PLAIN.put(String.class, codec(FieldWriter::text, FieldReader::text));
        PLAIN.put(ByteString.class, codec((FieldWriter out, ByteString value) -> out.bytes(value), FieldReader::bytes));
        PLAIN.put(
                InetAddress.class,
                codec((FieldWriter out, InetAddress value) -> out.address(value), FieldReader::address));
        PLAIN.put(
                InetSocketAddress.class,
                codec((FieldWriter out, InetSocketAddress value) -> out.address(value), FieldReader::socketAddress));
    }

    /** The codec of a record, or of an interface that {@link Kinds} knows. */
    @SuppressWarnings("unchecked")
    static <T> Codec<T> of(Class<T> type) {
        return (Codec<T>) ofType(type);
    }

    private static Codec<?> ofType(Type type) {
        Codec<?> plain = PLAIN.get(type);
        if (plain != null) {
            return plain;
        }
        if (type instanceof ParameterizedType generic) {
            Codec<?> inner = ofType(generic.getActualTypeArguments()[0]);
            return generic.getRawType() == List.class ? list(inner) : optional(inner);
        }
        Class<?> plainType = (Class<?>) type;
        List<Class<? extends Record>> kinds = Kinds.OF.get(plainType);
        if (kinds != null) {
            return sealed(kinds);
        }
        return plainType.isEnum() ? constant(plainType.getEnumConstants()) : record(plainType);
    }

    private static <E> Codec<List<E>> list(Codec<E> inner) {
        return codec(
                (out, values) -> {
                    out.number(values.size());
                    values.forEach(value -> inner.write(out, value));
                },
                in -> {
                    int count = in.count();
                    List<E> values = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        values.add(inner.read(in));
                    }
                    return List.copyOf(values);
                });
    }

    private static <E> Codec<Optional<E>> optional(Codec<E> inner) {
        return codec(
                (out, value) -> {
                    out.number(value.isPresent() ? 1 : 0);
                    value.ifPresent(present -> inner.write(out, present));
                },
                in -> in.upTo(1) == 1 ? Optional.of(inner.read(in)) : Optional.empty());
    }

    private static <E> Codec<E> constant(E[] values) {
        List<E> all = List.of(values);
        return codec((out, value) -> out.number(all.indexOf(value)), in -> all.get(in.upTo(all.size() - 1)));
    }

    private static Codec<Object> sealed(List<Class<? extends Record>> kinds) {
        List<Codec<Object>> codecs = kinds.stream().map(Codec::record).toList();
        Map<Class<?>, Integer> numbers = new LinkedHashMap<>();
        for (int i = 0; i < kinds.size(); i++) {
            numbers.put(kinds.get(i), i);
        }
        return codec(
                (out, value) -> {
                    int kind = numbers.getOrDefault(value.getClass(), -1);
                    out.number(kind);
                    codecs.get(kind).write(out, value);
                },
                in -> codecs.get(in.upTo(codecs.size() - 1)).read(in));
    }

    @SuppressWarnings("unchecked")
    private static Codec<Object> record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        List<Codec<Object>> codecs = Arrays.stream(components)
                .map(component -> (Codec<Object>) ofType(component.getGenericType()))
                .toList();
        Constructor<?> constructor = constructor(type, components);
        return codec(
                (out, value) -> {
                    for (int i = 0; i < components.length; i++) {
                        codecs.get(i).write(out, component(components[i], value));
                    }
                },
                in -> {
                    Object[] values = new Object[components.length];
                    for (int i = 0; i < components.length; i++) {
                        values[i] = codecs.get(i).read(in);
                    }
                    return made(constructor, values);
                });
    }

    private static Constructor<?> constructor(Class<?> type, RecordComponent[] components) {
        try {
            return type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its constructor: " + type, e);
        }
    }

    private static Object component(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot write " + component, e);
        }
    }

    private static Object made(Constructor<?> constructor, Object[] values) throws UnreadableRecording {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw FieldReader.malformed("has a value that cannot be: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a record by " + constructor, e);
        }
    }
}
