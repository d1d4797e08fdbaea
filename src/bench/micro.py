"""The microbenchmarks of src/jmh."""
import json
import os
import shutil
import subprocess
import sys

from tables import Failure, OUT, ROOT, publish, stamp, table

BENCHMARKS = os.path.join(ROOT, "target", "benchmarks")


def java():
    home = os.environ.get("JAVA_HOME")
    found = os.path.join(home, "bin", "java") if home else shutil.which("java")
    if not found or not os.access(found, os.X_OK):
        raise Failure("no Java found: install JDK 17 or later (Debian: apt-get install openjdk-17-jdk-headless)")
    return found


def build_benchmarks():
    """Compiles src/jmh and what it measures into a folder of its own; returns the class path."""
    if not shutil.which("mvn"):
        raise Failure("no Maven found: it builds the benchmarks (Debian: apt-get install maven)")
    print("building the benchmarks…", file=sys.stderr)
    plugins = "org.apache.maven.plugins:maven-"
    built = subprocess.run(
        ["mvn", "-q", "-B", "-ntp", "-f", os.path.join(ROOT, "pom.xml"), "-Pbenchmarks",
         "org.codehaus.mojo:build-helper-maven-plugin:add-source@benchmarks", plugins + "resources-plugin:resources",
         plugins + "compiler-plugin:compile", plugins + "dependency-plugin:copy-dependencies@runtime-jars"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600)
    if built.returncode != 0:
        raise Failure("the build failed:\n" + built.stdout)
    return os.path.join(BENCHMARKS, "classes") + ":" + os.path.join(BENCHMARKS, "lib", "*")


def jmh(options):
    """Runs what of src/jmh matches; returns its results as JMH writes them."""
    path = build_benchmarks()
    if options.build_only:
        return []
    os.makedirs(OUT, exist_ok=True)
    results = os.path.join(OUT, "jmh.json")
    if os.path.exists(results):
        os.remove(results)
    # The launcher's collector; the heap that a benchmark of large swarms needs, it asks for itself.
    argv = [java(), "-cp", path, "org.openjdk.jmh.Main", "-foe", "true", "-rf", "json", "-rff", results, "-to", "60s",
            "-jvmArgs", "-XX:+UseParallelGC -Xmx512m", "-w", "500ms" if options.quick else "1s",
            "-r", "500ms" if options.quick else "1s"]
    if options.quick:
        argv += ["-wi", "2", "-i", "3"]
    if options.filter:
        argv.append(options.filter)
    try:
        ended = subprocess.run(argv, stdin=subprocess.DEVNULL, timeout=options.time_limit)
    except subprocess.TimeoutExpired:
        raise Failure("JMH did not end within %d s: name fewer benchmarks, or say --time-limit" % options.time_limit)
    if ended.returncode != 0 or not os.path.exists(results):
        raise Failure("JMH failed, or nothing matches %s" % (options.filter or "…"))
    with open(results, encoding="utf-8") as file:
        return json.load(file)


def run_jmh(options):
    found = jmh(options)
    if options.build_only:
        return
    rows = []
    for one in found:
        metric = one["primaryMetric"]
        error = metric["scoreError"]
        rows.append([".".join(one["benchmark"].split(".")[-2:]), " ".join(one.get("params", {}).values()) or None,
                     "%.4g" % metric["score"], "± %.2g" % error if isinstance(error, float) and error == error else None,
                     metric["scoreUnit"]])
    publish("jmh", "Microbenchmarks", stamp() + "\n\n" + table(["benchmark", "of", "time", "99.9 %", "unit"], rows), None)
