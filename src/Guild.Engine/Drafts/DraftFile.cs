using System.Security.Cryptography;
using System.Text;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Drafts;

/// <summary>Writes a Guild file beside its place and moves it there, so that nobody ever sees half of it.</summary>
internal static class DraftFile
{
    /// <summary>The Guild file of a folder, or where it is to be.</summary>
    public static string PathIn(string directory) => Path.Combine(directory, GuildFileReader.FileName);

    /// <exception cref="GuildFileExistsException">There is a file, and it is to be kept.</exception>
    public static void Check(string path, ExistingGuildFile existing)
    {
        if (existing == ExistingGuildFile.Kept && IsThere(path))
        {
            throw new GuildFileExistsException(path);
        }
    }

    /// <exception cref="GuildFileExistsException">There is a file, and it is to be kept.</exception>
    public static void Write(string path, string text, ExistingGuildFile existing)
    {
        Check(path, existing);
        // A link stays a link: what it leads to is replaced.
        var target = IsLink(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : path;
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{GuildFileReader.FileName}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.tmp");
        try
        {
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            Replace(temporary, target, existing);
        }
        catch (IOException) when (existing == ExistingGuildFile.Kept && IsThere(path))
        {
            // Somebody else was faster; the file is theirs.
            throw new GuildFileExistsException(path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void Replace(string temporary, string target, ExistingGuildFile existing)
    {
        if (existing == ExistingGuildFile.Replaced && !OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
        }

        File.Move(temporary, target, overwrite: existing == ExistingGuildFile.Replaced);
    }

    // A link that leads nowhere is there too, and so is a folder of this name.
    private static bool IsThere(string path) => Path.Exists(path) || IsLink(path);

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}
