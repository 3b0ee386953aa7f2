using Guild.Engine.Runs;
using Guild.Engine.Text;

namespace Guild.Engine.Tests.Text;

public sealed class TreeDifferenceTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("guild-diff-").FullName;

    public void Dispose() => TreeDeletion.Delete(_path);

    [Fact]
    public void Folders_are_compared_as_diff_does()
    {
        Write("a/same", "x\n");
        Write("b/same", "x\n");
        Write("a/gone", "x\n");
        Write("b/new", "x\n");
        Write("a/deep/text", "one\n");
        Write("b/deep/text", "two\n");
        Write("a/bytes", "\0one");
        Write("b/bytes", "\0two");
        Write("a/kind/file", "");
        Write("b/kind", "");
        var (a, b) = (At("a"), At("b"));
        Assert.Equal(
            [
                $"Binary files {Path.Join(a, "bytes")} and {Path.Join(b, "bytes")} differ",
                $"--- {Path.Join(a, "deep", "text")}",
                $"+++ {Path.Join(b, "deep", "text")}",
                "@@ -1 +1 @@",
                "-one",
                "+two",
                $"Only in {a}: gone",
                $"File {Path.Join(a, "kind")} is a directory while file {Path.Join(b, "kind")} is a regular file",
                $"Only in {b}: new",
            ],
            TreeDifference.Lines(a, b));
    }

    [Fact]
    public void A_file_that_is_missing_on_one_side_is_empty_there()
    {
        Write("b", "one\n");
        Assert.Equal(["@@ -0,0 +1 @@", "+one"], TreeDifference.Lines(At("a"), At("b")).Skip(2));
        Assert.Empty(TreeDifference.Lines(At("a"), At("none")));
    }

    [Fact]
    public void Links_are_compared_by_where_they_lead()
    {
        Write("one/file", "x");
        Write("two/file", "y");
        Directory.CreateDirectory(At("a"));
        Directory.CreateDirectory(At("b"));
        try
        {
            Directory.CreateSymbolicLink(At("a/round"), At("a"));
            Directory.CreateSymbolicLink(At("b/round"), At("a"));
            Directory.CreateSymbolicLink(At("a/data"), At("one"));
            Directory.CreateSymbolicLink(At("b/data"), At("two"));
        }
        catch (IOException) when (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Contains("leads to", Assert.Single(TreeDifference.Lines(At("a"), At("b"))), StringComparison.Ordinal);
    }

    private string At(string path) => Path.GetFullPath(path, _path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }
}
