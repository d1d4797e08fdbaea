package ahti.cli;

import ahti.cli.env.Signals;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Signals through {@code sun.misc.Signal}, the JDK's only way to hear them: part of the supported module
 * {@code jdk.unsupported}.
 *
 * <p>Reached by reflection, because the compiler warns about every mention of it and a warning fails our build. On a JVM
 * without it, or for a signal that the JVM keeps for itself, the default action stays.
 */
final class SunSignals implements Signals {

    @Override
    public void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        return answer(proxy, method, arguments, action);
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof IllegalArgumentException)) {
                throw new IllegalStateException("signal " + name, e);
            }
        } catch (ClassNotFoundException e) {
            return;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("signal " + name, e);
        }
    }

    private static @org.jspecify.annotations.Nullable Object answer(
            Object proxy, Method method, Object @org.jspecify.annotations.Nullable [] arguments, Runnable action) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> 1;
            case "toString" -> "a handler of Ahti";
            default -> {
                action.run();
                yield null;
            }
        };
    }
}
