namespace Guild.PowerShell.Tests.Commands;

public sealed class GetGuildRunTests : CommandTests
{
    // Newest first: other, fail, say.
    private readonly string[] _ids;

    public GetGuildRunTests(SharedSession shared)
        : base(shared)
    {
        Run("""
            $null = Invoke-GuildOperation say -Label 'first run' -Tag red, blue -Quiet
            $null = Invoke-GuildOperation fail -Label second -Quiet
            $null = Invoke-GuildOperation n:other -Label third -Tag red -Quiet
            """);
        _ids = [.. Texts("Get-GuildRun | ForEach-Object Id")];
    }

    [Fact]
    public void All_runs_come_newest_first_with_their_place()
    {
        Assert.Equal(["1 n:other", "2 m:fail", "3 m:say"], Texts("Get-GuildRun | ForEach-Object { \"$($_.Index) $($_.Operation)\" }"));
    }

    [Theory]
    [InlineData("1", "n:other")]
    [InlineData("2:3", "m:fail m:say")]
    [InlineData(":2", "n:other m:fail")]
    [InlineData("3, 1", "m:say n:other")]
    [InlineData("-Operation say", "m:say")]
    [InlineData("-Operation N:OTHER", "n:other")]
    [InlineData("-Operation m:*", "m:fail m:say")]
    [InlineData("-Operation say, fail", "m:fail m:say")]
    [InlineData("-Operation none", "")]
    [InlineData("-Status error", "m:fail")]
    [InlineData("-Status Completed, Error", "n:other m:fail m:say")]
    [InlineData("-Status running", "")]
    [InlineData("-Label 'FIRST*'", "m:say")]
    [InlineData("-Label *r*", "n:other m:say")]
    [InlineData("-Tag red", "n:other m:say")]
    [InlineData("-Tag B*", "m:say")]
    [InlineData("-First 2", "n:other m:fail")]
    [InlineData("-Tag red -First 1", "n:other")]
    [InlineData("1, 2, 3 -First 2", "n:other m:fail")]
    [InlineData("-Project .", "n:other m:fail m:say")]
    [InlineData("-Project /", "")]
    [InlineData("-Marked", "")]
    [InlineData("-Deleted", "")]
    public void Runs_are_chosen_by(string words, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Texts($"Get-GuildRun {words} | ForEach-Object Operation")));
    }

    [Fact]
    public void A_run_is_named_by_its_id_or_the_beginning_of_it()
    {
        Assert.Equal([_ids[1], _ids[1], _ids[1]], Texts("Get-GuildRun $args[0], $args[0].Substring(0, 8), $args[0].Substring(0, 8).ToUpperInvariant() | ForEach-Object Id", _ids[1]));
    }

    [Fact]
    public void One_bad_id_among_three_is_one_error()
    {
        var result = Run("Get-GuildRun 1, zz, 3");

        Assert.Equal([_ids[0], _ids[2]], result.Text);
        Assert.Equal(("RunNotFound", "zz"), (IdOf(Assert.Single(result.Errors)), TargetOf(result.Errors[0])));
    }

    [Fact]
    public void Ids_runs_and_rows_with_an_id_come_by_the_pipeline()
    {
        Assert.Equal(_ids, Texts("$args | Get-GuildRun | ForEach-Object Id", [.. _ids]));
        Assert.Equal(_ids, Texts("Get-GuildRun | Get-GuildRun | ForEach-Object Id"));
        Assert.Equal([_ids[2]], Texts("[pscustomobject]@{ Id = $args[0]; Operation = 'whatever' } | Get-GuildRun | ForEach-Object Id", _ids[2]));
    }

    [Fact]
    public void Operations_of_the_pipeline_give_their_runs()
    {
        Assert.Equal(["m:say", "n:other"], Texts("Get-GuildOperation m:say, n:other | Get-GuildRun | ForEach-Object Operation"));
    }

    [Fact]
    public void A_prefix_of_more_than_one_run_is_ambiguous()
    {
        var twin = string.Concat(_ids[0].AsSpan(0, 31), _ids[0][31] == '0' ? "1" : "0");
        CopyRun(_ids[0], twin);

        var error = Error("Get-GuildRun $args[0]", twin[..31]);

        Assert.Equal(("RunAmbiguous", twin[..31]), (IdOf(error), TargetOf(error)));
    }

    [Fact]
    public void Deleted_runs_are_listed_by_themselves()
    {
        Run("Remove-GuildRun 1");

        Assert.Equal(["n:other"], Texts("Get-GuildRun -Deleted | ForEach-Object Operation"));
        Assert.Equal(["m:fail", "m:say"], Texts("Get-GuildRun | ForEach-Object Operation"));
    }

    [Fact]
    public void A_home_that_does_not_exist_has_no_runs()
    {
        System.IO.Directory.Delete(Path.Combine(Home, "runs"), recursive: true);

        Assert.Empty(Texts("Get-GuildRun"));
    }

    [Fact]
    public void Output_is_read_line_by_line_and_by_stream_and_from_the_end()
    {
        Run("$null = Invoke-GuildOperation both -Quiet");

        Assert.Equal(4, Texts("Get-GuildRunOutput 1").Count);
        Assert.Equal(["Error", "Error"], Texts("Get-GuildRun 1 | Get-GuildRunOutput -Stream Error | ForEach-Object { \"$($_.Stream)\" }"));
        Assert.Equal(["xxxx"], Texts("Get-GuildRunOutput 1 -Tail 1 | ForEach-Object Text"));
        Assert.Equal(["xxxx"], Texts("Get-GuildRunOutput 1 -Stream Output -Tail 1 | ForEach-Object Text"));
        Assert.Equal(["xxxx"], Texts("Get-GuildRunOutput 1 -Stream Error -Tail 1 | ForEach-Object Text"));
        Assert.Empty(Texts("Get-GuildRunOutput 1 -Tail 0"));
        Assert.Equal(["xxxx"], Texts("\"$(Get-GuildRunOutput 1 -Tail 1)\""));
    }

    [Fact]
    public void Output_of_several_runs_says_which_run_each_line_is_of()
    {
        Assert.Equal(_ids.Take(1), Texts("Get-GuildRunOutput 1, 2 | ForEach-Object RunId"));
    }

    private void CopyRun(string id, string copy)
    {
        var source = Path.Combine(Home, "runs", id);
        var target = Path.Combine(Home, "runs", copy);
        foreach (var file in System.IO.Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(target, Path.GetRelativePath(source, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }
    }
}
