using System.IO.Enumeration;
using System.Runtime.InteropServices;
using System.Text;

namespace Guild.Engine.Runs;

/// <summary>
/// Reads and writes the small files of a record on Linux by opening, reading or writing, and closing them. The framework also locks each file and asks four times what it is; a look at ten thousand
/// runs reads more than a hundred thousand files, and a batch of a thousand trials writes thirty thousand.
/// </summary>
internal static unsafe partial class RecordFile
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;

    // Less what the user's mask takes away.
    private const uint ForEverybody = 0x1b6;

    // A pipe that lies where a file should be must not keep its reader waiting.
    private const int NonBlocking = 0x800;

    private const int MostPathBytes = 1024;
    private const int MostBytes = 16 * 1024;

    // Guild AI writes twenty and some.
    private const int UsualNames = 32;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    [ThreadStatic]
    private static byte[]? s_buffer;

    /// <summary>The text of a file; null if it is not there, or is no small file of UTF-8 text: the framework tells why.</summary>
    public static string? TryRead(string path, UTF8Encoding encoding)
    {
        if (!OperatingSystem.IsLinux() || !FitsPath(path))
        {
            return null;
        }

        var name = stackalloc byte[MostPathBytes];
        SetPath(name, path);
        var file = open(name, ReadOnly | CloseOnExec | NonBlocking);
        if (file < 0)
        {
            return null;
        }

        var buffer = s_buffer ??= new byte[MostBytes];
        var length = ReadAll(file, buffer);
        _ = close(file);
        try
        {
            return length < 0 ? null : encoding.GetString(buffer, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Writes a file that is not there yet.</summary>
    /// <returns>False if that was not possible, and then nothing is left of it: the framework tells why.</returns>
    public static bool TryWriteNew(string path, ReadOnlySpan<byte> bytes)
    {
        if (!OperatingSystem.IsLinux() || !FitsPath(path))
        {
            return false;
        }

        var name = stackalloc byte[MostPathBytes];
        SetPath(name, path);
        var file = open(name, WriteOnly | Create | Exclusive | CloseOnExec, ForEverybody);
        if (file < 0)
        {
            return false;
        }

        bool isWhole;
        fixed (byte* first = bytes)
        {
            isWhole = bytes.IsEmpty || write(file, first, bytes.Length) == bytes.Length;
        }

        isWhole &= close(file) == 0;
        if (!isWhole)
        {
            _ = unlink(name);
        }

        return isWhole;
    }

    /// <summary>Gives a file another name, over whatever file has it.</summary>
    /// <returns>False if that was not possible: the framework tells why.</returns>
    public static bool TryMove(string from, string to)
    {
        if (!OperatingSystem.IsLinux() || !FitsPath(from) || !FitsPath(to))
        {
            return false;
        }

        var names = stackalloc byte[2 * MostPathBytes];
        SetPath(names, from);
        SetPath(names + MostPathBytes, to);
        return rename(names, names + MostPathBytes) == 0;
    }

    /// <summary>The names of the files in a folder, as many as can be read.</summary>
    public static HashSet<string> NamesIn(string folder)
    {
        var names = new HashSet<string>(UsualNames, StringComparer.Ordinal);
        AddTo(names, folder, (ref FileSystemEntry entry) => entry.FileName.ToString(), ending: "");
        return names;
    }

    /// <summary>The paths of the files in a folder whose names end so, in ordinal order.</summary>
    public static IReadOnlyList<string> PathsIn(string folder, string ending)
    {
        var paths = new List<string>();
        AddTo(paths, folder, (ref FileSystemEntry entry) => entry.ToFullPath(), ending);
        paths.Sort(StringComparer.Ordinal);
        return paths;
    }

    private static void AddTo(ICollection<string> found, string folder, FileSystemEnumerable<string>.FindTransform transform, string ending)
    {
        try
        {
            foreach (var item in new FileSystemEnumerable<string>(folder, transform, Everything)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.FileName.EndsWith(ending, StringComparison.Ordinal) && !entry.IsDirectory,
            })
            {
                found.Add(item);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What was read up to here is what there is to show.
        }
    }

    // A character has three bytes at most. The framework tells what is wrong with a zero character.
    private static bool FitsPath(string path) => path.Length * 3 < MostPathBytes && !path.Contains('\0', StringComparison.Ordinal);

    private static void SetPath(byte* name, string path) => name[Encoding.UTF8.GetBytes(path, new Span<byte>(name, MostPathBytes - 1))] = 0;

    /// <returns>How many bytes there are; -1 if that is more than there is room for, or it cannot be told.</returns>
    private static int ReadAll(int file, byte[] buffer)
    {
        var length = 0;
        fixed (byte* bytes = buffer)
        {
            while (length < buffer.Length)
            {
                var count = (int)read(file, bytes + length, buffer.Length - length);
                if (count <= 0)
                {
                    return count < 0 ? -1 : length;
                }

                length += count;
            }
        }

        return -1;
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int open(byte* path, int flags);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int open(byte* path, int flags, uint mode);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint write(int file, byte* bytes, nint count);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int rename(byte* from, byte* to);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int unlink(byte* path);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint read(int file, byte* buffer, nint count);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int file);
}
