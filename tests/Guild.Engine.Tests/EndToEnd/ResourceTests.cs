using System.Security.Cryptography;
using System.Text;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>What programs find in the run directory of what their operation requires.</summary>
public sealed class ResourceTests
{
    private static readonly string Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("rows\n")));

    [UnixTheory]
    [InlineData("{file: data/rows.csv}", "rows.csv")]
    [InlineData("{file: data/rows.csv, sha256: SHA}", "rows.csv")]
    [InlineData("{file: data/rows.csv, rename: 'rows data'}", "data.csv")]
    [InlineData("{file: data/rows.csv, target-path: in/deep}", "in/deep/rows.csv")]
    [InlineData("{file: data}", "data/rows.csv")]
    [InlineData("{file: data, select: '.*\\.csv'}", "rows.csv")]
    [InlineData("{file: data/rows.csv, target-type: copy}", "rows.csv")]
    [InlineData("{operation: make, select: rows.csv}", "rows.csv")]
    [InlineData("{operation: make, target-path: in}", "in/rows.csv")]
    public void A_program_reads_what_its_operation_requires(string source, string path)
    {
        using var project = new TempProject(
            "{make: {exec: \"sh -c 'echo rows > rows.csv'\"}, op: {exec: 'cat ${path}', flags: {path: x}, requires: [" + source.Replace("SHA", Sha256, StringComparison.Ordinal) + "]}}");
        project.Write("data/rows.csv", "rows\n");
        project.Run("make");
        var run = project.Run("op", "path=" + path);
        Assert.Equal("rows", TempProject.Output(run));
        Assert.Equal(RunStatus.Completed, run.Status);
        var isLink = source.Contains("copy", StringComparison.Ordinal) ? null : new FileInfo(Path.Combine(run.Directory.Path, path.Split('/')[0] == "data" ? "data" : path)).LinkTarget;
        Assert.Equal(!source.Contains("copy", StringComparison.Ordinal), isLink is not null);
    }

    [UnixFact]
    public void The_newest_run_is_taken_unless_another_is_marked_or_named()
    {
        using var project = new TempProject("{make: {exec: \"sh -c 'echo $FLAG_N > n.txt'\", flags: {n: 1}}, op: {exec: cat n.txt, requires: [{operation: make}]}}");
        var first = project.Run("make");
        var second = project.Run("make", "n=2");
        var third = project.Run("make", "n=3");
        Assert.Equal("3", TempProject.Output(project.Run("op")));
        second.Directory.WriteAttribute("marked", true);
        Assert.Equal("2", TempProject.Output(project.Run("op")));
        var named = project.Run("op", $"operation:make={first.ShortId}");
        Assert.Equal("1", TempProject.Output(named));
        Assert.Equal(first.Id, named.Flags["operation:make"]);
        Assert.Equal("3", TempProject.Output(project.Run("op", $"make={third.Id}")));
    }

    [UnixFact]
    public void A_word_with_the_name_of_a_resource_sets_its_file()
    {
        using var project = new TempProject("{op: {exec: cat rows.csv, requires: [{file: data/rows.csv, name: rows}]}}");
        project.Write("data/rows.csv", "own\n");
        project.Write("other/rows.csv", "given\n");
        Assert.Equal("given", TempProject.Output(project.Run("op", "rows=other/rows.csv")));
    }

    [Fact]
    public void A_config_file_is_written_with_the_flags_in_it()
    {
        using var project = new TempProject("{op: {main: train, flags-dest: 'none', flags: {lr: 0.5, sub.n: 3}, requires: [{config: conf.yml}]}}");
        project.Write("conf.yml", "lr: 0.1\nsub:\n  n: 1\n  own: kept\n");
        project.Write("train.py", "print(open('conf.yml').read())\n");
        var output = TempProject.Output(project.Run("op"));
        Assert.Contains("lr: 0.5", output, StringComparison.Ordinal);
        Assert.Contains("n: 3", output, StringComparison.Ordinal);
        Assert.Contains("own: kept", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_is_there_is_no_hindrance()
    {
        using var project = new TempProject("{op: {main: train, requires: [{module: json}, {module: mine}]}}");
        project.Write("train.py", "print('ran')\n");
        project.Write("mine.py", "");
        Assert.Equal("ran", TempProject.Output(project.Run("op")));
    }

    [UnixFact]
    public void A_module_is_looked_for_in_python_where_the_program_is_another()
    {
        using var project = new TempProject("{op: {exec: echo ran, requires: [{module: json}]}, other: {exec: echo ran, requires: [{module: no_such_module_here}]}}");
        Assert.Equal("ran", TempProject.Output(project.Run("op")));
        Assert.Contains("no_such_module_here", TempProject.Output(project.Run("other")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{file: nope.csv}", "nope.csv")]
    [InlineData("{file: data/rows.csv, sha256: e000000000000000000000000000000000000000000000000000000000000001}", "e000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("{operation: make}", "make")]
    [InlineData("{module: no_such_module_here}", "no_such_module_here")]
    [InlineData("{file: data, select: 'nothing.*', fail-if-empty: yes}", "data")]
    public void What_cannot_be_resolved_fails_the_run_and_the_record_says_why(string source, string named)
    {
        using var project = new TempProject("{make: x, op: {main: train, requires: [" + source + "]}}");
        project.Write("data/rows.csv", "rows\n");
        project.Write("train.py", "print('ran')\n");
        var run = project.Run("op");
        Assert.IsType<ResourceException>(project.Fault);
        Assert.Equal((RunStatus.Error, null), (run.Status, run.ExitCode));
        Assert.Contains(named, TempProject.Output(run), StringComparison.Ordinal);
        Assert.DoesNotContain("ran", TempProject.Output(run), StringComparison.Ordinal);
        Assert.All(OutputReader.Read(run.Directory), line => Assert.Equal(OutputStreamKind.Error, line.Stream));
        Assert.False(File.Exists(run.Directory.PendingPath));
        Assert.False(run.Directory.HasAttribute("env"));
    }

    [UnixFact]
    public void An_input_that_the_run_changed_is_a_warning_with_its_name()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'echo more >> rows.csv'\", requires: [{file: data/rows.csv}]}}");
        project.Write("data/rows.csv", "rows\n");
        project.Run("op");
        Assert.Contains(project.Events.Warnings, w => w.Contains("rows.csv", StringComparison.Ordinal) && w.Contains("changed", StringComparison.Ordinal));
    }
}
