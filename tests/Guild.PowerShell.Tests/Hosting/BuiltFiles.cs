using System.Reflection;

namespace Guild.PowerShell.Tests.Hosting;

/// <summary>What the build made and the tests use.</summary>
internal static class BuiltFiles
{
    private static readonly Dictionary<string, string?> Metadata = typeof(BuiltFiles).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToDictionary(attribute => attribute.Key, attribute => attribute.Value, StringComparer.Ordinal);

    internal static string RepositoryRoot { get; } = Read("RepositoryRoot");

    internal static string ModuleVersion { get; } = Read("ModuleVersion");

    internal static string ModuleDirectory { get; } = Path.Combine(RepositoryRoot, "out", "Guild", ModuleVersion);

    internal static string Manifest { get; } = Path.Combine(ModuleDirectory, "Guild.psd1");

    internal static string HelpBuilder { get; } = Read("HelpBuilder");

    /// <summary>The program of tests/Guild.TestProgram, to be started with <c>dotnet</c>.</summary>
    internal static string TestProgram { get; } = Read("TestProgram");

    internal static string Host { get; } = Path.Combine(RepositoryRoot, "out", "bin", OperatingSystem.IsWindows() ? "guild.exe" : "guild");

    private static string Read(string key) => Metadata[key] ?? throw new InvalidOperationException($"The build left {key} empty.");
}
