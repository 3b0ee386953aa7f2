using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>
/// Lists, help, plans and runs of installed packages. Each in a process of its own, since packages are found by environment variables: the example's PowerShell module, and
/// Python distributions in a virtual environment that is nothing but files.
/// </summary>
public sealed class PackageCmdletTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public PackageCmdletTests()
    {
        string site = OperatingSystem.IsWindows() ? "venv/Lib/site-packages" : "venv/lib/python3.12/site-packages";
        _directory.Write(OperatingSystem.IsWindows() ? "venv/Scripts/python.exe" : "venv/bin/python", "");
        _directory.Write("venv/pyvenv.cfg", "home = /nowhere\n");
        _directory.Write($"{site}/gpkg/iris/guild.yml", "- model: mlp\n  description: A network\n  operations: {train: {description: Train it, exec: 'true', flags: {lr: 0.1}}, _own: t}\n  resources: {rows: [rows.csv]}\n");
        _directory.Write($"{site}/gpkg.iris-0.3.dist-info/METADATA", "Name: gpkg.iris\nVersion: 0.3\n");
        _directory.Write($"{site}/gpkg.iris-0.3.dist-info/RECORD", "gpkg/iris/guild.yml,,\n");
        _directory.Write($"{site}/gpkg.iris-0.3.dist-info/entry_points.txt", "[guild.models]\nmlp = guild.model:PackageModel\n");
        _directory.Write($"{site}/broken-1.dist-info/entry_points.txt", "[guild.models]\nm = guild.model:PackageModel\n");
        _directory.Write("project/guild.yml", "- model: own\n  operations: {train: {exec: 'true'}}\n");
        _directory.Write($"{site}/two/guild.yml", "- model: a\n  resources: {rows: [rows.csv]}\n- model: b\n  resources: {rows: [rows.csv]}\n");
        _directory.Write("two/guild.yml", "use: {exec: 'true', requires: two/rows}\nwrong: {exec: 'true', requires: two/row}\n");
        _directory.Write("empty/x", "");
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("project", "Get-GuildOperation | ForEach-Object FullName", "own:train")]
    [InlineData("project", "Get-GuildOperation -Installed 3>$null | ForEach-Object FullName", "own:train gpkg.iris/mlp:train FileReport/folder:summary")]
    [InlineData("project", "Get-GuildOperation mlp:t*, own:train -Installed 3>$null | ForEach-Object { \"$($_.Package)|$($_.FullName)\" }", "|own:train gpkg.iris|gpkg.iris/mlp:train")]
    [InlineData("project", "Get-GuildOperation -Package GPKG-Iris -Force 3>$null | ForEach-Object FullName", "gpkg.iris/mlp:_own gpkg.iris/mlp:train")]
    [InlineData("project", "Get-GuildOperation -Package file* 3>$null | ForEach-Object FullName", "FileReport/folder:summary")]
    [InlineData("empty", "Get-GuildModel 3>$null | ForEach-Object FullName", "gpkg.iris/mlp FileReport/folder")]
    [InlineData("project", "Get-GuildResource -Package gpkg.iris 3>$null | ForEach-Object { \"$($_.Package) $($_.FullName)\" }", "gpkg.iris gpkg.iris/mlp:rows")]
    [InlineData("project", "(Get-GuildHelp gpkg.iris/mlp:train).Usage[1]", "Invoke-GuildOperation gpkg.iris/mlp:train [-Flag @{ NAME = VALUE; ... }]")]
    [InlineData("project", "(Get-GuildHelp gpkg.iris).Operations.FullName; (Get-GuildHelp mlp).Name", "gpkg.iris/mlp:train gpkg.iris/mlp")]
    [InlineData("project", "(Get-GuildPlan mlp:train -lr 0.5).Operation; (Get-GuildPlan gpkg.iris/mlp:train -lr 0.5).Flags.lr", "gpkg.iris/mlp:train 0.5")]
    [InlineData("empty", "guild ops 3>$null", "FileReport/folder:summary  Count the files of a folder by their endings gpkg.iris/mlp:train        Train it")]
    [InlineData("project", "guild ops -i iris 3>$null; guild models -i folder 3>$null", "gpkg.iris/mlp:train  Train it FileReport/folder  Facts on the files of a folder")]
    [InlineData("project", "(guild help FileReport) -cmatch 'Package |summary$'", "  Package FileReport 1.0.0   FileReport/folder:summary")]
    [InlineData("project", "(TabExpansion2 'Get-GuildPlan gpkg.iris/').CompletionMatches.CompletionText; (TabExpansion2 'Get-GuildModel -Package F').CompletionMatches.CompletionText", "gpkg.iris/mlp:train FileReport")]
    public void Packages_take_part_in_lists_help_and_plans(string folder, string script, string expected)
    {
        var run = Run(folder, script);

        Assert.Equal(("", expected), (run.Error, string.Join(' ', run.Lines)));
    }

    [Fact]
    public void What_is_wrong_with_a_package_is_one_warning_for_a_whole_list()
    {
        var run = Run("project", "$found = 'own:train', 'mlp:train' | Get-GuildOperation -Installed 3>&1; $found.Count; $found | ForEach-Object { if ($_ -is [System.Management.Automation.WarningRecord]) { \"$_\" } }");

        Assert.StartsWith("3\nPython package 'broken' says in", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Lines.Length);
    }

    [Theory]
    [InlineData("Get-GuildOperation -Package nope", "PackageNotFound")]
    [InlineData("Get-GuildOperation nope -Installed", "OperationNotFound")]
    [InlineData("Get-GuildPlan nope/mlp:train", "OperationNotFound")]
    [InlineData("Get-GuildHelp nope/mlp", "OperationNotFound")]
    [InlineData("Get-GuildPlan use -Path ../two", "ResourceAmbiguous")]
    [InlineData("Get-GuildPlan wrong -Path ../two", "ResourceNotFound")]
    [InlineData("Get-GuildPlan nope -Path ../empty", "GuildFileNotFound")]
    public void What_is_not_there_is_an_error_with_an_id(string command, string id)
    {
        var run = Run("project", $"try {{ $null = {command} 3>$null }} catch {{ $_.FullyQualifiedErrorId.Split(',')[0] }}");

        Assert.Equal(("", id + "\n"), (run.Error, run.Output));
    }

    [Fact]
    public void The_operation_of_the_example_module_runs_from_any_folder_and_again_by_its_run()
    {
        _directory.Write("files/a.csv", "");
        _directory.Write("files/b.csv", "");
        _directory.Write("files/c", "");
        var run = Run("empty", $$"""
            $run = Get-GuildOperation -Package FileReport 3>$null | Invoke-GuildOperation -Flag @{ folder = '{{_directory.Path}}/files' } -Quiet
            (Get-GuildRunOutput $run.Id).Text; $run.Package; $run.Operation
            $again = $run | Invoke-GuildOperation -Quiet
            $again.Operation; $again.Flags.folder -eq $run.Flags.folder
            guild run FileReport/folder:summary folder={{_directory.Path}} -y --quiet
            @(Get-GuildRun -Operation FileReport/*).Count
            """);

        Assert.Equal(
            ("", "csv: 2 md: 0 ps1: 0 other: 1 FileReport FileReport/folder:summary FileReport/folder:summary True 3"),
            (run.Error, string.Join(' ', run.Lines)));
    }

    private ProcessRun Run(string folder, string script) => ProcessRun.Script(
        $$"""
        $ErrorActionPreference = 'Stop'
        $env:GUILD_HOME = '{{_directory.Path}}/home'
        $env:VIRTUAL_ENV = '{{_directory.Path}}/venv'
        $env:PYTHONPATH = ''
        $env:PSModulePath = '{{Path.Combine(BuiltFiles.RepositoryRoot, "examples", "module-package", "Modules")}}' + [System.IO.Path]::PathSeparator + $env:PSModulePath
        $null = $ExecutionContext.SessionState.Path.SetLocation('{{_directory.Path}}/{{folder}}')
        {{script}}
        exit 0
        """);
}
