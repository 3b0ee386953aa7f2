using System.Buffers;
using System.Text;

namespace Guild.Engine.SourceCode;

/// <summary>Tells text from binary files by the name's extension, else by the first kilobyte.</summary>
internal static class TextFile
{
    private const int SampleSize = 1024;

    private static readonly HashSet<string> TextExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".csv", ".md", ".ps1", ".py", ".sh", ".txt",
    };

    private static readonly HashSet<string> BinaryExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".7z", ".ai", ".aif", ".avi", ".bin", ".bmp", ".deb", ".doc", ".docx", ".gif", ".gz", ".ico", ".jpeg", ".jpg", ".key", ".mid",
        ".midi", ".mov", ".mp3", ".mp4", ".mpa", ".mpeg", ".ogg", ".pdf", ".pickle", ".pkg", ".pkl", ".png", ".ppt", ".pptx", ".ps",
        ".psd", ".pyc", ".rar", ".rpm", ".svg", ".swf", ".tar", ".tif", ".tiff", ".wav", ".wma", ".wmv", ".xlr", ".xls", ".xlsx", ".xz",
        ".z", ".zip",
    };

    private static readonly SearchValues<byte> NeverInText = SearchValues.Create(0x00, 0xff);

    /// <summary>Whether the file is text; a file that cannot be read is not.</summary>
    public static bool IsText(string path, long size)
    {
        var extension = Path.GetExtension(path);
        if (TextExtensions.Contains(extension))
        {
            return true;
        }

        if (BinaryExtensions.Contains(extension))
        {
            return false;
        }

        // An empty file is not opened: pipes and devices have no size either, and opening a pipe could wait for ever.
        return size == 0 || IsTextInside(path);
    }

    private static bool IsTextInside(string path)
    {
        Span<byte> sample = stackalloc byte[SampleSize];
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return IsTextSample(sample[..RandomAccess.Read(file, sample, 0)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsTextSample(ReadOnlySpan<byte> sample)
    {
        if (HasByteOrderMark(sample))
        {
            return true;
        }

        var (controls, highs) = (0, 0);
        foreach (var value in sample)
        {
            controls += value is < 0x20 and not ((byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\f' or (byte)'\b') or 0x7f ? 1 : 0;
            highs += value > 0x7f ? 1 : 0;
        }

        if (controls > sample.Length * 0.3)
        {
            return false;
        }

        return highs > 0 && IsUtf8(sample) ? !sample.Contains((byte)0) : !sample.ContainsAny(NeverInText);
    }

    private static bool HasByteOrderMark(ReadOnlySpan<byte> sample) =>
        sample.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf])
        || sample.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe])
        || sample.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]);

    // The sample may end within a character.
    private static bool IsUtf8(ReadOnlySpan<byte> sample)
    {
        while (!sample.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(sample, out _, out var length);
            if (status == OperationStatus.InvalidData)
            {
                return false;
            }

            sample = sample[length..];
        }

        return true;
    }
}
