using System.Reflection;

namespace Guild.Bench;

/// <summary>What the build made and the benches run.</summary>
internal static class BuiltFiles
{
    private static readonly Dictionary<string, string?> Metadata = typeof(BuiltFiles).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToDictionary(attribute => attribute.Key, attribute => attribute.Value, StringComparer.Ordinal);

    internal static string Configuration { get; } = Metadata["Configuration"]!;

    internal static string RepositoryRoot { get; } = Metadata["RepositoryRoot"]!;

    internal static string Host { get; } = Path.Combine(RepositoryRoot, "out", "bin", Executable("guild"));

    internal static string Manifest { get; } = Directory.GetFiles(Path.Combine(RepositoryRoot, "out", "Guild"), "Guild.psd1", SearchOption.AllDirectories).Single();

    internal static string Module => Path.GetDirectoryName(Manifest)!;

    /// <summary>A program that does nothing: what a start of .NET costs by itself.</summary>
    internal static string Empty { get; } = Path.Combine(RepositoryRoot, "bench", "Empty", "bin", Configuration, "net10.0", Executable("Empty"));

    private static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;
}
