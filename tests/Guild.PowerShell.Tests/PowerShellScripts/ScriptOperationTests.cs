using System.Diagnostics;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.PowerShellScripts;

/// <summary>Operations whose main is a PowerShell script, run by the host in the place of pwsh.</summary>
public sealed class ScriptOperationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("[int] $Value", "{default: 5, arg-name: value}", "", "Int32 5")]
    [InlineData("[double] $Value", "1.0", "value=1e-3", "Double 0.001")]
    [InlineData("[switch] $Value", "yes", "", "SwitchParameter True")]
    [InlineData("[bool] $Value", "yes", "value=no", "Boolean False")]
    [InlineData("[string[]] $Value", "a", "", "String[] a")]
    [InlineData("[string] $Value", "x", "value=it's \"q\" ‘t’ ’ $(1) `n", "String it's \"q\" ‘t’ ’ $(1) `n")]
    [InlineData("$Value", "yes", "", "Boolean True")]
    public void Parameters_get_the_flags_with_their_types(string parameter, string flag, string given, string expected)
    {
        ProcessRun run = Run($"param({parameter})\n[Console]::Out.WriteLine($Value.GetType().Name + ' ' + $Value)", $"{{value: {flag}}}", given.Length == 0 ? [] : [given]);

        Assert.Equal((0, expected), (run.ExitCode, run.Output.TrimEnd()));
    }

    [Theory]
    [InlineData("param([securestring] $ApiKey)\n$text = [Net.NetworkCredential]::new('', $ApiKey).Password", "SecureString")]
    [InlineData("param([string] $ApiKey)\n$text = $ApiKey", "String")]
    [InlineData("param($Other)\n$text = $env:FLAG_API_KEY; $ApiKey = 'none'", "String")]
    public void A_secret_comes_as_the_parameter_that_the_script_declares_and_is_not_recorded(string script, string type)
    {
        const string Secret = "s3cr3t-xyzzy's";
        ProcessRun run = Run(
            script + "\n[Console]::Out.WriteLine($ApiKey.GetType().Name + ' ' + $text.Replace('s3cr3t', 'got'))",
            "{api-key: {secret: yes}}",
            $"api-key={Secret}");

        Assert.Equal((0, $"{type} got-xyzzy's"), (run.ExitCode, run.Output.TrimEnd()));
        Assert.DoesNotContain(
            Directory.GetFiles(Path.Combine(_directory.Path, "home"), "*", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains("s3cr3t", StringComparison.Ordinal) && !file.EndsWith("script.ps1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("exit 5", 5, "")]
    [InlineData("throw 'went wrong'", 1, "went wrong")]
    [InlineData("param([ValidatePattern('^z')] $Value)", 1, "^z")]
    [InlineData("param([int] $Value)\nGet-NoSuchThing", 1, "Get-NoSuchThing")]
    public void A_script_that_fails_fails_the_run_and_says_why(string script, int exitCode, string said)
    {
        ProcessRun run = Run(script.Contains("param", StringComparison.Ordinal) ? script : "param($Value)\n" + script, script.Contains("[int]", StringComparison.Ordinal) ? "{value: 1}" : "{value: c}");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(said, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_the_script_would_not_take_is_refused_before_there_is_a_run()
    {
        ProcessRun run = Run("param([ValidateSet('a', 'b')] $Value)", "{value: c}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("must be one of a, b", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_directory.Path, "home", "runs")));
    }

    [Fact]
    public void A_command_of_a_module_that_the_host_does_not_have_is_explained()
    {
        ProcessRun run = Run("param($Value)\nGet-ChildItem", "{value: 1}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("only the core commands", run.Output + run.Error, StringComparison.Ordinal);
    }

    private ProcessRun Run(string script, string flags, params string[] words)
    {
        File.WriteAllText(Path.Combine(_directory.Path, "guild.yml"), $"{{op: {{main: script.ps1, flags: {flags}}}}}");
        File.WriteAllText(Path.Combine(_directory.Path, "script.ps1"), script);
        var start = new ProcessStartInfo(BuiltFiles.Host, ["-H", Path.Combine(_directory.Path, "home"), "run", "op", .. words, "-y"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _directory.Path,
        };

        // pwsh must not be found, so that the host stands in for it wherever the tests run.
        start.Environment["PATH"] = _directory.Path;
        return ProcessRun.Finish(Process.Start(start)!);
    }
}
