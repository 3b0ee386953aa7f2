using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>What holds for each cmdlet of the manifest: one bad item in a pipeline harms no other, and <c>-WhatIf</c> changes no byte. A cmdlet that is new must be given a case.</summary>
public sealed class EachCmdletTests(SharedSession shared) : CommandTests(shared)
{
    private const string Runs = "$null = Invoke-GuildOperation m:scalars -Quiet; $null = Invoke-GuildOperation m:other -Quiet; $null = Invoke-GuildOperation n:other -Quiet; $a, $b, $c = (Get-GuildRun).Id";
    private const string Bad = "zz";

    private static readonly PipeCase[] Pipes =
    [
        new("Clear-GuildResourceCache", "rows.csv", "pictures.npz", "Clear-GuildResourceCache -Force -PassThru"),
        new("Clear-GuildTrash", "$a", "$c", "Clear-GuildTrash -Force -PassThru") { Setup = $"{Runs}; $a, $b, $c | Remove-GuildRun" },
        new("Compare-GuildRun", "$a", "$c", "Compare-GuildRun") { Setup = Runs },
        new("Export-GuildRun", "$a", "$c", "Export-GuildRun out -PassThru") { Setup = Runs },
        new("Get-GuildHelp", "m:say", "n:other", "Get-GuildHelp"),
        new("Get-GuildModel", "m", "n", "Get-GuildModel"),
        new("Get-GuildOperation", "m:say", "n:other", "Get-GuildOperation"),
        new("Get-GuildPlan", "m:say", "n:other", "Get-GuildPlan"),
        new("Get-GuildResource", "m:data", "m:earlier", "Get-GuildResource"),
        new("Get-GuildRun", "$a", "$c", "Get-GuildRun") { Setup = Runs },
        new("Get-GuildRunFile", "$a", "$c", "Get-GuildRunFile -Name output -IncludeRecord") { Setup = Runs },
        new("Get-GuildRunOutput", "$a", "$b", "Get-GuildRunOutput") { Setup = Runs },
        new("Get-GuildScalar", "$c", "$c", "Get-GuildScalar -Summary") { Setup = Runs },
        new("Import-GuildRun", "first", "second", "Import-GuildRun") { Setup = $"{Runs}; $a | Export-GuildRun first; $c | Export-GuildRun second; Remove-GuildRun $a, $c -Permanent -Force" },
        new("Invoke-GuildOperation", "m:other", "n:other", "Invoke-GuildOperation -Quiet"),
        new("New-GuildFile", "one", "two", "New-GuildFile"),
        new("New-GuildSpace", "1", "2", "ForEach-Object { [pscustomobject]@{ Minimum = $_; Maximum = 5 } } | New-GuildSpace"),
        new("Remove-GuildRun", "$a", "$c", "Remove-GuildRun -PassThru") { Setup = Runs },
        new("Restart-GuildRun", "$a", "$b", "Restart-GuildRun -Quiet") { Setup = Runs },
        new("Restore-GuildRun", "$a", "$c", "Restore-GuildRun -PassThru") { Setup = $"{Runs}; $a, $b, $c | Remove-GuildRun" },
        new("Set-GuildRun", "$a", "$c", "Set-GuildRun -Label new -PassThru") { Setup = Runs },
        new("Show-GuildScalar", "$c", "$c", "Show-GuildScalar -Style Ascii -Width 60 -Height 5 | ForEach-Object { $n = 0 } { if ($n++ -lt 2) { $_ } }") { Setup = Runs },
        new("Start-GuildOperation", "m:other", "n:other", "Start-GuildOperation | Wait-GuildRun"),
        new("Start-GuildRun", "$a", "$b", "Start-GuildRun -Quiet") { Setup = "1..2 | ForEach-Object { $null = Invoke-GuildOperation m:other -Stage -Quiet }; $a, $b = (Get-GuildRun).Id" },
        new("Stop-GuildRun", "$a", "$c", "Stop-GuildRun -PassThru") { Setup = Runs },
        new("Test-GuildFile", "guild.yml", "two/../guild.yml", "Test-GuildFile"),
        new("Test-GuildRun", "$a", "$c", "Test-GuildRun") { Setup = Runs },
        new("Wait-GuildRun", "$a", "$c", "Wait-GuildRun") { Setup = Runs },
    ];

    private static readonly WhatIfCase[] Changes =
    [
        new("Clear-GuildResourceCache", "Clear-GuildResourceCache -Force"),
        new("Clear-GuildTrash", "Clear-GuildTrash -Force") { Setup = $"{Runs}; Remove-GuildRun $a" },
        new("Export-GuildRun", "Get-GuildRun | Export-GuildRun out.zip -Move") { Setup = Runs },
        new("Import-GuildRun", "Import-GuildRun first -Move") { Setup = $"{Runs}; $a | Export-GuildRun first -Move" },
        new("Invoke-GuildOperation", "Invoke-GuildOperation m:need -Quiet"),
        new("Invoke-GuildOperation", "Invoke-GuildOperation m:need -Stage -RunDirectory away"),
        new("New-GuildFile", "New-GuildFile one"),
        new("New-GuildFile", "New-GuildFile -Force"),
        new("Remove-GuildRun", "Remove-GuildRun :") { Setup = Runs },
        new("Remove-GuildRun", "Remove-GuildRun : -Permanent -Force") { Setup = Runs },
        new("Restart-GuildRun", "Restart-GuildRun 1 -Quiet") { Setup = Runs },
        new("Restart-GuildRun", "Restart-GuildRun 1 -Flag @{ 'only-here' = 9 } -Quiet") { Setup = "$null = Invoke-GuildOperation m:other -Quiet" },
        new("Restart-GuildRun", "Restart-GuildRun 1 -Detached") { Setup = Runs, After = "$null = Wait-GuildRun :" },
        new("Restore-GuildRun", "Restore-GuildRun :") { Setup = $"{Runs}; Remove-GuildRun $a, $b" },
        new("Set-GuildRun", "Set-GuildRun : -Label x -AddTag y -Marked -Comment z") { Setup = Runs },
        new("Start-GuildOperation", "Start-GuildOperation m:other") { After = "$null = Wait-GuildRun :" },
        new("Start-GuildRun", "Start-GuildRun 1 -Quiet") { Setup = "$null = Invoke-GuildOperation m:other -Stage -Quiet" },
        new("Stop-GuildRun", "Stop-GuildRun 1")
        {
            Setup = "$null = Start-GuildOperation m:wait; while ((Get-GuildRun 1).Status -ne 'running' -or -not (Get-GuildRunOutput 1)) { }",
            Undo = "Stop-GuildRun 1 -Force",
        },
    ];

    public static TheoryData<string> PipeNames => [.. Pipes.Select(c => c.Cmdlet)];

    public static TheoryData<string> RunPipeNames => [.. Pipes.Where(c => c.First.StartsWith('$') && c.Cmdlet != "Get-GuildRun").Select(c => c.Cmdlet)];

    public static TheoryData<string, int> ChangeNames
    {
        get
        {
            var data = new TheoryData<string, int>();
            for (var i = 0; i < Changes.Length; i++)
            {
                data.Add(Changes[i].Cmdlet, i);
            }

            return data;
        }
    }

    [Fact]
    public void Each_cmdlet_has_a_case_here() => Assert.Equal(Texts("(Get-Command -Module Guild -CommandType Cmdlet).Name").Order(StringComparer.Ordinal), Pipes.Select(c => c.Cmdlet).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_cmdlet_that_can_show_what_it_would_do_has_a_case_here() => Assert.Equal(
        Texts("Get-Command -Module Guild -CommandType Cmdlet | ForEach-Object { if ($_.Parameters.ContainsKey('WhatIf')) { $_.Name } }").Order(StringComparer.Ordinal),
        Changes.Select(c => c.Cmdlet).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(PipeNames))]
    public void One_bad_item_in_the_middle_is_one_error_that_names_it_and_the_others_are_worked_on(string cmdlet)
    {
        var given = Pipes.Single(c => c.Cmdlet == cmdlet);
        Prepare();

        var result = Run($"{given.Setup}; '{Bad}' | ForEach-Object {{ \"{given.First}\"; $_; \"{given.Second}\" }} | {given.Command}");

        Assert.Null(result.Terminating);
        var target = TargetOf(Assert.Single(result.Errors))!;
        Assert.True(target == Bad || target == Path.Combine(Directory, Bad), $"The error is of '{target}'.");
        Assert.Equal(2, result.Output.Count);
    }

    [Theory]
    [MemberData(nameof(RunPipeNames))]
    public void A_run_object_in_the_middle_whose_run_is_gone_is_one_error_that_names_it(string cmdlet)
    {
        var given = Pipes.Single(c => c.Cmdlet == cmdlet);
        Prepare();
        var (first, second) = (given.First[1..], given.Second[1..]);

        var result = Run($$"""
            {{given.Setup}}
            $all = @(Get-GuildRun) + @(Get-GuildRun -Deleted)
            $first = $all | Where-Object Id -EQ ${{first}}
            $second = $all | Where-Object Id -EQ ${{second}}
            $gone = Invoke-GuildOperation m:other -Stage -Quiet
            Remove-GuildRun $gone.Id -Permanent -Force
            $global:namesOfGone = "$gone", $gone.Id
            $first, $gone, $second | {{given.Command}}
            """);

        Assert.Null(result.Terminating);
        Assert.Contains(TargetOf(Assert.Single(result.Errors)), Run("$global:namesOfGone").Text);
        Assert.Equal(2, result.Output.Count);
    }

    [Theory]
    [MemberData(nameof(ChangeNames))]
    public void WhatIf_leaves_the_home_and_the_project_as_they_are_to_the_byte(string cmdlet, int number)
    {
        var given = Changes[number];
        Assert.Equal(cmdlet, given.Cmdlet);
        Prepare();

        // What was learned of runs that are there is kept beside them.
        Texts($"{given.Setup}; $null = Get-GuildRun; $null = Get-GuildRun -Deleted; $null = Get-GuildOperation");
        try
        {
            var before = Tree();

            var shown = Run($"{given.Command} -WhatIf");

            Assert.Empty(shown.Errors.Select(error => error.ToString()));
            Assert.Empty(shown.Output);
            Assert.Equal(before, Tree());
            Texts($"$null = {given.Command}; {given.After}");
            Assert.NotEqual(before, Tree());
        }
        finally
        {
            Run(given.Undo);
        }
    }

    private void Prepare()
    {
        Write("one/train.py", "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--lr', type=float, default=0.1)\nprint(parser.parse_args())\n");
        Write("two/train.py", "print(1)\n");
        CachedFile.Write(Home, "https://example.org/rows.csv", "rows.csv", "12345");
        CachedFile.Write(Home, "https://example.org/pictures.npz", "pictures.npz", "1");
    }

    // Names, times and bytes of all, and where links lead.
    private List<string> Tree() => [.. new DirectoryInfo(Directory).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
        .Select(entry => $"{entry.FullName} {entry.LinkTarget} {entry.LastWriteTimeUtc:O} {(entry is FileInfo { LinkTarget: null } ? Convert.ToHexString(File.ReadAllBytes(entry.FullName)) : "")}")];

    /// <summary>Two items that a cmdlet works on, with one between them that is none.</summary>
    private sealed record PipeCase(string Cmdlet, string First, string Second, string Command)
    {
        public string Setup { get; init; } = "";
    }

    /// <summary>A command that changes something, unless it only shows what it would do.</summary>
    private sealed record WhatIfCase(string Cmdlet, string Command)
    {
        public string Setup { get; init; } = "";

        /// <summary>Waits until the change is complete.</summary>
        public string After { get; init; } = "";

        /// <summary>Ends what would outlive the test.</summary>
        public string Undo { get; init; } = "";
    }
}
