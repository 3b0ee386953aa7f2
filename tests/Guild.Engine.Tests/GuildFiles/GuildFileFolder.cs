using System.Text;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

/// <summary>A Guild file in a temporary folder with other files beside it.</summary>
internal sealed class GuildFileFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("guild file-");

    public string PathOf(string relativePath) => Path.GetFullPath(relativePath, _root.FullName);

    public void Write(string relativePath, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relativePath))!);
        File.WriteAllText(PathOf(relativePath), text);
    }

    /// <summary>Reads a text as the folder's Guild file; the other arguments are folders of Python's path.</summary>
    public GuildFileResult Read(string text, params string[] pythonPath) => GuildFileReader.Parse(
        Encoding.UTF8.GetBytes(text), PathOf("guild.yml"), new PackageSearch("", () => [.. pythonPath.Select(PathOf)]));

    public GuildFile Good(string text, params string[] pythonPath)
    {
        var result = Read(text, pythonPath);
        Assert.Empty(result.Diagnostics);
        return result.File!;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
