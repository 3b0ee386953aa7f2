using System.Text;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

/// <summary>Reads Guild files that tests write as text.</summary>
internal static class GuildFileText
{
    public const string Path = "/project/guild.yml";

    public static GuildFileResult Parse(string text) => GuildFileReader.Parse(Encoding.UTF8.GetBytes(text), Path);

    public static GuildFile Good(string text)
    {
        var result = Parse(text);
        Assert.Empty(result.Diagnostics);
        return result.File!;
    }

    /// <summary>The only operation of a file whose one operation has these attributes, written without indentation.</summary>
    public static OperationDefinition Operation(string attributes) => Assert.Single(Good(OperationText(attributes)).Models[0].Operations);

    /// <summary>A file whose one operation has these attributes; they begin in line 2, column 3.</summary>
    public static string OperationText(string attributes) => "train:\n" + string.Concat(attributes.Split('\n').Select(l => $"  {l}\n"));

    /// <summary>The finding of a file that has just one.</summary>
    public static Diagnostic Only(string text) => Assert.Single(Parse(text).Diagnostics);
}
