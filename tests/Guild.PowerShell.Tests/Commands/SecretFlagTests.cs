using System.Text;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>Secrets at the prompt: as SecureString, as PSCredential and as text of a declared flag. No stream and no file shows them.</summary>
public sealed class SecretFlagTests : CommandTests
{
    private const string Secret = "s3cr3t-xyzzy-42";

    private const string Prelude = """
        function Hide($text) { $s = [securestring]::new(); foreach ($c in $text.ToCharArray()) { $s.AppendChar($c) }; , $s }
        $secret = Hide 's3cr3t-xyzzy-42'
        $VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; $InformationPreference = 'Continue'

        """;

    public SecretFlagTests(SharedSession shared)
        : base(shared)
    {
        Write("guild.yml", """
            - model: m
              sourcecode: no
              operations:
                use:
                  default: yes
                  exec: dotnet PROGRAM args ${flag_args}
                  flags:
                    api-key: {secret: yes, required: yes, description: Opens the door}
                    lr: 0.1
                plain:
                  exec: dotnet PROGRAM args ${flag_args}
                  flags: {data: none, lr: 0.1}
                number:
                  exec: dotnet PROGRAM args
                  flags: {pin: {secret: yes, type: int}}
                exposed:
                  exec: 'dotnet PROGRAM args ${api-key}'
                  flags: {api-key: {secret: yes}}
            """.Replace("PROGRAM", BuiltFiles.TestProgram.Replace('\\', '/'), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Invoke-GuildOperation use -Flag @{ 'api-key' = $secret }")]
    [InlineData("Invoke-GuildOperation use -api-key $secret -lr 0.2")]
    [InlineData("Invoke-GuildOperation plain -data $secret")]
    [InlineData("Invoke-GuildOperation plain -data ([pscredential]::new('ada', $secret))")]
    [InlineData("Get-GuildOperation use | Invoke-GuildOperation -api-key $secret")]
    [InlineData("Invoke-GuildOperation use -api-key $secret -Label 'k=${api-key}' -Stage | Start-GuildRun -Flag @{ 'api-key' = $secret }")]
    [InlineData("$r = Invoke-GuildOperation use -api-key $secret; Remove-GuildRun $r.Id -Confirm:$false; $r")]
    public void A_secret_is_in_no_stream_and_in_no_file(string command)
    {
        var result = Run(Prelude + command);

        Assert.Empty(result.Errors.Select(e => e.ToString()));
        Assert.Contains(Assert.Single(result.Output)!.Properties["Status"].Value, new[] { "completed" });
        Assert.NotEmpty(result.Verbose);
        AssertHidden(result);
    }

    [Theory]
    [InlineData("Get-GuildPlan use -api-key $secret | ForEach-Object { $_.Command; $_.Environment.Keys; $_.Environment.Values; $_.Flags.Values; $_.Label; $_ }")]
    [InlineData("guild run use \"api-key=s3cr3t-xyzzy-42\" --print-cmd")]
    [InlineData("guild run use \"api-key=s3cr3t-xyzzy-42\" --print-env")]
    [InlineData("guild run use \"api-key=s3cr3t-xyzzy-42\" -y; guild runs info --env --json")]
    public void A_plan_does_not_show_a_secret(string command)
    {
        var result = Run(Prelude + command);

        Assert.Empty(result.Errors.Select(e => e.ToString()));
        Assert.NotEmpty(result.Output.Count > 0 ? result.Text : result.InformationText);
        AssertHidden(result);
    }

    [Fact]
    public void WhatIf_shows_a_mask()
    {
        var run = ProcessRun.Script($"""
            $env:GUILD_HOME = '{Home}'
            $ExecutionContext.SessionState.Path.SetLocation('{Directory}') > $null
            {Prelude}
            Invoke-GuildOperation use -api-key $secret -WhatIf
            """);

        Assert.Contains("api-key = ***", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_says_that_there_is_a_secret() => Assert.Equal(
        ["api-key", "***", "True"],
        Texts($"{Prelude}$p = Get-GuildPlan use -api-key $secret; $p.SecretFlags; $p.Environment.FLAG_API_KEY; $null -eq $p.Flags.'api-key'"));

    [Theory]
    [InlineData("Invoke-GuildOperation number -pin 's3cr3t-xyzzy-42'", "FlagInvalid")]
    [InlineData("Invoke-GuildOperation number -Flag @{ pin = $secret }", "FlagInvalid")]
    [InlineData("Invoke-GuildOperation exposed -api-key $secret", "FlagReferenceInvalid")]
    [InlineData("Invoke-GuildOperation plain -data @($secret, $secret)", "RequestInvalid")]
    [InlineData("Invoke-GuildOperation plain -data @{ a = $secret }", "RequestInvalid")]
    [InlineData("Invoke-GuildOperation plain -Resource @{ data = $secret }", "RequestInvalid")]
    [InlineData("Invoke-GuildOperation plain -Flag @{ daat = $secret }", "FlagInvalid")]
    public void An_error_does_not_show_a_secret(string command, string id)
    {
        var result = Run(Prelude + command);

        var error = Assert.Single(result.Errors);
        Assert.Equal(id, IdOf(error));
        Assert.DoesNotContain(Secret, error.Exception.ToString(), StringComparison.Ordinal);
        AssertHidden(result);
    }

    [Fact]
    public void A_missing_secret_is_an_error_that_says_how_to_give_it()
    {
        var error = Error("Invoke-GuildOperation use");

        Assert.Equal("FlagInvalid", IdOf(error));
        Assert.Contains("SecureString", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("FLAG_API_KEY", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_names_its_secret_flags()
    {
        Assert.Equal(
            ["api-key", "True", "0.1"],
            Texts($"{Prelude}$r = Invoke-GuildOperation use -api-key $secret -Quiet; $r.SecretFlags; $null -eq $r.Flags.'api-key'; $r.Flags.lr"));
    }

    [Fact]
    public void A_staged_run_is_not_started_without_its_secret_and_stays_staged()
    {
        var result = Run($"{Prelude}$r = Invoke-GuildOperation use -api-key $secret -Stage; Start-GuildRun $r.Id; (Get-GuildRun $r.Id).Status");

        var error = Assert.Single(result.Errors);
        Assert.Equal("FlagInvalid", IdOf(error));
        Assert.Contains("Read-Host -AsSecureString", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["staged"], result.Text);
    }

    [Fact]
    public void The_classic_words_start_a_staged_run_with_its_secret()
    {
        var result = Run($"{Prelude}$r = Invoke-GuildOperation use -api-key $secret -Stage; guild run --start $r.Id -y; guild run --start $r.Id -y 'api-key=s3cr3t-xyzzy-42'; (Get-GuildRun $r.Id).Status");

        Assert.Contains("api-key", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal("completed", result.Text.Last());
        AssertHidden(result);
    }

    [Fact]
    public void Help_and_definitions_say_which_flags_are_secret()
    {
        Assert.Equal(["True", "False"], Texts("(Get-GuildOperation use).Flags | ForEach-Object { $_.Secret }"));
        var help = string.Join('\n', Texts("(Get-GuildHelp use).Text"));
        Assert.Contains("Opens the door (secret, required)", help, StringComparison.Ordinal);
        Assert.Contains("Passed as: environment variable FLAG_API_KEY", help, StringComparison.Ordinal);
    }

    private void AssertHidden(SessionResult result)
    {
        IEnumerable<string> shown =
        [
            .. result.Text,
            .. result.InformationText,
            .. result.Warnings,
            .. result.Verbose,
            .. result.Progress.SelectMany(p => new[] { p.Activity, p.StatusDescription, p.CurrentOperation ?? "" }),
            .. result.Errors.SelectMany(e => new[] { e.ToString(), e.Exception.ToString(), e.TargetObject?.ToString() ?? "", e.ErrorDetails?.RecommendedAction ?? "" }),
        ];
        Assert.DoesNotContain(shown, text => text.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(
            System.IO.Directory.GetFiles(Home, "*", SearchOption.AllDirectories),
            file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) >= 0);
    }
}
