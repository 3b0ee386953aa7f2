using System.Globalization;
using System.Management.Automation;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Module;

/// <summary>What of the words after <c>guild</c> reaches the cmdlet behind it, once PowerShell has parsed them.</summary>
public sealed class GuildFunctionTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("run train", "run | train")]
    [InlineData("-y", "-y")]
    [InlineData("run -y --help-op", "run | -y | --help-op")]
    [InlineData("-C dir ops", "-C | dir | ops")]
    [InlineData("lr=0.1", "lr=0.1")]
    [InlineData("lr=1e-3 name='a b'", "lr=1e-3 | name=a b")]
    [InlineData("lr=[0.1,0.2]", "(lr=[0.1, 0.2])")]
    [InlineData("1,2", "(1, 2)")]
    [InlineData("2.0", "2.0")]
    [InlineData("1e10", "1e10")]
    [InlineData("0x10", "0x10")]
    [InlineData("run -- x", "run | x")]
    [InlineData("'@trials.csv'", "@trials.csv")]
    [InlineData("-l:foo", "-l: | foo")]
    [InlineData("-x.y", "-x | .y")]
    [InlineData("x=(1+2)", "x= | 3")]
    [InlineData("x=", "x=")]
    [InlineData("''", "")]
    [InlineData("--label=a-b", "--label=a-b")]
    [InlineData("$null", "null")]
    public void Words_arrive(string words, string expected)
    {
        _session.Run("function global:Invoke-GuildCommand { param($ArgumentList) $global:Arrived = $ArgumentList }");

        SessionResult result = _session.Run($"guild {words}");

        Assert.Empty(result.Errors);
        Assert.Equal(expected, string.Join(" | ", ((object?[])Unwrap(_session.GetVariable("Arrived"))!).Select(Describe)));
    }

    [Fact]
    public void No_words_arrive_as_none()
    {
        SessionResult result = _session.Run("function global:Invoke-GuildCommand { param($ArgumentList) $ArgumentList.Count }; guild");

        Assert.Equal(["0"], result.Text);
    }

    [Fact]
    public void The_exit_code_is_left_where_programs_leave_theirs()
    {
        _session.SetVariable("LASTEXITCODE", 77);

        _session.Run("guild --version");

        Assert.Equal(0, _session.GetVariable("LASTEXITCODE"));
    }

    [Fact]
    public void The_exit_code_reaches_the_session_from_within_a_function()
    {
        SessionResult result = _session.Run("function f { $LASTEXITCODE = 5; $null = guild --version }; f; $global:LASTEXITCODE");

        Assert.Equal(["0"], result.Text);
    }

    public void Dispose() => _session.Dispose();

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string Describe(object? word) => Unwrap(word) switch
    {
        null => "null",
        object?[] items => $"({string.Join(", ", items.Select(Describe))})",
        // A number that was typed as a word keeps its text in the wrapper.
        _ when word is PSObject wrapped => wrapped.ToString(),
        var plain => Convert.ToString(plain, CultureInfo.InvariantCulture)!,
    };
}
