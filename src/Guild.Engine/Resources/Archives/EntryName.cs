using System.Buffers;

namespace Guild.Engine.Resources.Archives;

/// <summary>The names of an archive's entries. Whoever made the archive chose them, so each is checked before a path is made of it.</summary>
internal static class EntryName
{
    /// <summary>How many folders deep an entry may lie: walks over folders end there too.</summary>
    public const int DeepestFolder = 100;

    private static readonly SearchValues<char> NotOnWindows = SearchValues.Create(
        [.. "<>:\"|?*\\", .. Enumerable.Range(1, 31).Select(code => (char)code)]);

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM\u00b9", "COM\u00b2", "COM\u00b3",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT\u00b9", "LPT\u00b2", "LPT\u00b3",
    };

    /// <summary>
    /// The path of an entry below the folder that the archive is unpacked to, with <c>/</c> between its parts; <c>""</c> for that folder
    /// itself. Raises <see cref="ArchiveException"/> for a name that leads elsewhere, on this system or any other.
    /// </summary>
    /// <param name="name">The name as the archive has it.</param>
    /// <param name="naming">What the file system can hold.</param>
    public static string ToPath(string name, FileNaming naming)
    {
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArchiveException("has a name with a NUL in it.", name);
        }

        if (IsRooted(name))
        {
            throw new ArchiveException("has an absolute path, which would lead out of the folder that it is unpacked to.", name);
        }

        if (HasParent(name))
        {
            throw new ArchiveException("has '..' in its path, which would lead out of the folder that it is unpacked to.", name);
        }

        if (!naming.IsWindows && IsPlain(name))
        {
            return name;
        }

        var parts = name.Split('/').Where(part => part is not ("" or ".")).ToArray();
        if (parts.Length > DeepestFolder)
        {
            throw new ArchiveException($"lies deeper than {DeepestFolder} folders.", name[..100] + "...");
        }

        if (naming.IsWindows && Array.Find(parts, part => !IsWindowsName(part)) is { } refused)
        {
            throw new ArchiveException($"has the name '{refused}' in its path, which Windows does not allow.", name);
        }

        return string.Join('/', parts);
    }

    /// <summary>Whether a path is absolute on any system.</summary>
    public static bool IsRooted(string path) =>
        path is ['/' or '\\', ..] || (path is [var drive, ':', ..] && char.IsAsciiLetter(drive));

    // A backslash is a plain character on some systems and parts folders on others; an honest archive has no use for '..' beside one.
    private static bool HasParent(string name) => name.Contains("..", StringComparison.Ordinal) && name.Split('/', '\\').Contains("..");

    // Most names need nothing left out.
    private static bool IsPlain(string name) =>
        name.Length > 0
        && name[0] != '.'
        && name[^1] != '/'
        && !name.Contains("//", StringComparison.Ordinal)
        && !name.Contains("/.", StringComparison.Ordinal)
        && name.AsSpan().Count('/') < DeepestFolder;

    private static bool IsWindowsName(string part) =>
        !part.AsSpan().ContainsAny(NotOnWindows) && part[^1] is not ('.' or ' ') && !Devices.Contains(part.Split('.')[0].TrimEnd(' '));
}

/// <summary>What a file system can hold.</summary>
/// <param name="IsWindows">True if names that Windows has other uses for are refused.</param>
/// <param name="IsCaseSensitive">True if it tells names apart that differ only in case.</param>
internal sealed record FileNaming(bool IsWindows, bool IsCaseSensitive)
{
    /// <summary>Looks what the file system of an empty folder is like.</summary>
    public static FileNaming Of(string directory)
    {
        var probe = Path.Join(directory, "case");
        File.WriteAllBytes(probe, []);
        var isSensitive = !File.Exists(Path.Join(directory, "CASE"));
        File.Delete(probe);
        return new FileNaming(OperatingSystem.IsWindows(), isSensitive);
    }
}
