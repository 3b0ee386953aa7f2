using System.Buffers;
using System.Text;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Yaml;

/// <summary>Text from the bytes of a file, or the reason why they are no text.</summary>
/// <param name="Text">The text without byte order mark; <c>""</c> if there is a problem.</param>
/// <param name="Problem">Why it cannot be read, or null.</param>
internal sealed record YamlSource(string Text, YamlProblem? Problem);

/// <summary>Turns bytes into the characters that YAML allows.</summary>
internal static class YamlEncoding
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What YAML forbids, all but surrogates: a decoder gives them in pairs only.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(AllForbidden());

    public static YamlSource Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > YamlLimits.FileBytes)
        {
            return Failed(YamlProblemKind.TooLarge, new(1, 1), $"The file is too large: at most {YamlLimits.FileBytes} bytes are read.");
        }

        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            return DecodeUtf16(bytes);
        }

        var content = bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes;
        try
        {
            return Check(StrictUtf8.GetString(content));
        }
        catch (DecoderFallbackException)
        {
            return InvalidUtf8(content);
        }
    }

    /// <summary>The text, or a problem with the first character that YAML forbids.</summary>
    public static YamlSource Check(string text)
    {
        var index = text.AsSpan().IndexOfAny(Forbidden);
        if (index < 0)
        {
            return new(text, null);
        }

        var code = (int)text[index];
        var hint = code == 0 ? " Is the file UTF-16, or no text at all? Save it as UTF-8." : "";
        return Failed(YamlProblemKind.Encoding, PositionOf(text.AsSpan(0, index)), $"The character U+{code:X4} is not allowed in YAML.{hint}");
    }

    private static YamlSource DecodeUtf16(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var encoding = new UnicodeEncoding(bigEndian: bytes[0] == 0xFE, byteOrderMark: false, throwOnInvalidBytes: true);
            return Check(encoding.GetString(bytes[2..]));
        }
        catch (DecoderFallbackException)
        {
            return Failed(YamlProblemKind.Encoding, new(1, 1), "The file begins like UTF-16 text, but is not. Save it as UTF-8.");
        }
    }

    private static YamlSource InvalidUtf8(ReadOnlySpan<byte> bytes)
    {
        var valid = 0;
        while (Rune.DecodeFromUtf8(bytes[valid..], out _, out var length) == OperationStatus.Done)
        {
            valid += length;
        }

        var before = StrictUtf8.GetString(bytes[..valid]);
        return Failed(YamlProblemKind.Encoding, PositionOf(before), $"The byte 0x{bytes[valid]:X2} is not UTF-8. Save the file as UTF-8.");
    }

    private static string AllForbidden()
    {
        var all = new StringBuilder("\uFFFE\uFFFF");
        for (var character = '\0'; character < '\u00A0'; character++)
        {
            if (character is not ('\t' or '\n' or '\r' or '\u0085') and (< ' ' or > '~'))
            {
                all.Append(character);
            }
        }

        return all.ToString();
    }

    private static TextPosition PositionOf(ReadOnlySpan<char> before)
    {
        var lastLine = before.LastIndexOf('\n');
        return new(before.Count('\n') + 1, before.Length - lastLine);
    }

    private static YamlSource Failed(YamlProblemKind kind, TextPosition position, string message) => new("", new(kind, position, message));
}
