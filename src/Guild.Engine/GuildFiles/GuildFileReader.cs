using System.Security.Cryptography;
using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>What came of reading a Guild file.</summary>
/// <param name="File">The file's definitions; null if there is an error.</param>
/// <param name="Diagnostics">Every finding, errors and warnings, in file order.</param>
public sealed record GuildFileResult(GuildFile? File, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>Reads Guild files. All that is wrong with a file is found at once.</summary>
public static class GuildFileReader
{
    /// <summary>The name that a Guild file has.</summary>
    public const string FileName = "guild.yml";

    /// <summary>Reads a Guild file, or the <c>guild.yml</c> of a folder. A file that cannot be read is a finding too.</summary>
    /// <param name="path">The absolute path of the file or folder.</param>
    /// <param name="packages">Where packages are looked for that the file includes or inherits from; null for nowhere.</param>
    /// <exception cref="GuildFileNotFoundException">There is no such file.</exception>
    public static GuildFileResult Read(string path, PackageSearch? packages = null)
    {
        var file = Locate(path);
        try
        {
            return Parse(ReadBytes(file), file, packages);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var findings = new Findings(file);
            findings.Error(DiagnosticIds.Unreadable, new(1, 1), $"The file cannot be read: {exception.Message}");
            return new(null, findings.InFileOrder());
        }
    }

    /// <summary>Reads the bytes of a Guild file; touches the disk only for files that it includes or inherits from.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="path">The absolute path that the content is from.</param>
    /// <param name="packages">Where packages are looked for that the file includes or inherits from; null for nowhere.</param>
    public static GuildFileResult Parse(ReadOnlySpan<byte> bytes, string path, PackageSearch? packages = null)
    {
        var findings = new Findings(path);
        // The first use of the system's cryptography takes as long as the reading of a small file, so both are done at once.
        var content = bytes.ToArray();
        var digest = Task.Run(() => DigestOf(content));
        var loader = new GuildFileLoader(packages ?? PackageSearch.None, findings);
        var loaded = loader.Main(path, bytes);
        var items = new ItemBinder(loaded, new(loaded, loader, findings), findings).Bind();
        var diagnostics = findings.InFileOrder();
        if (findings.HasErrors)
        {
            return new(null, diagnostics);
        }

        var file = new GuildFile
        {
            Path = path,
            Digest = digest.GetAwaiter().GetResult(),
            Models = items.Models,
            Package = items.Package,
            Warnings = diagnostics,
            Sources = loader.Sources,
            Absent = [.. loader.Absent],
        };
        return new(file, diagnostics);
    }

    /// <summary>Reads a Guild file that must be without errors.</summary>
    /// <param name="directoryOrFile">The absolute path of the file, or of the folder that holds <c>guild.yml</c>.</param>
    /// <param name="packages">Where packages are looked for that the file includes or inherits from; null for nowhere.</param>
    /// <exception cref="GuildFileNotFoundException">There is no such file.</exception>
    /// <exception cref="GuildFileException">The file has errors; the exception carries all findings.</exception>
    public static GuildFile Load(string directoryOrFile, PackageSearch? packages = null)
    {
        var result = Read(directoryOrFile, packages);
        return result.File ?? throw new GuildFileException(Locate(directoryOrFile), result.Diagnostics);
    }

    private static string Locate(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        return File.Exists(file)
            ? file
            : throw new GuildFileNotFoundException(Directory.Exists(path) ? path : Path.GetDirectoryName(path) ?? path);
    }

    internal static byte[] ReadBytes(string path)
    {
        using var stream = File.OpenRead(path);
        // One byte more than allowed is enough to see that the file is too large.
        var bytes = new byte[Math.Min(stream.Length, YamlLimits.FileBytes + 1L)];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // The digest is the version part of a run's opref, where Guild AI has MD5; nothing is kept safe by it.
#pragma warning disable CA5351
    private static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
