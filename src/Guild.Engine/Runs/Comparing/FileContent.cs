namespace Guild.Engine.Runs.Comparing;

/// <summary>Compares the content of files and folders.</summary>
internal static class FileContent
{
    private const int BufferSize = 128 * 1024;

    /// <summary>True if two files have the same content, or two folders the same names. What cannot be read is equal to nothing but itself missing on both sides.</summary>
    public static bool AreEqual(string one, string other)
    {
        if (Directory.Exists(one) && Directory.Exists(other))
        {
            return Names(one).SequenceEqual(Names(other), StringComparer.Ordinal)
                && Names(one).All(name => AreEqual(Path.Join(one, name), Path.Join(other, name)));
        }

        if (!File.Exists(one) || !File.Exists(other))
        {
            return !Path.Exists(one) && !Path.Exists(other);
        }

        try
        {
            using var left = File.OpenRead(one);
            using var right = File.OpenRead(other);
            return left.Length == right.Length && HaveSameBytes(left, right);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The names in a folder, in ordinal order; none if it cannot be read.</summary>
    public static IReadOnlyList<string> Names(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool HaveSameBytes(Stream left, Stream right)
    {
        var (bytes, others) = (new byte[BufferSize], new byte[BufferSize]);
        while (true)
        {
            var read = left.ReadAtLeast(bytes, BufferSize, throwOnEndOfStream: false);
            var otherRead = right.ReadAtLeast(others, BufferSize, throwOnEndOfStream: false);
            if (!bytes.AsSpan(0, read).SequenceEqual(others.AsSpan(0, otherRead)))
            {
                return false;
            }

            if (read == 0)
            {
                return true;
            }
        }
    }
}
