using System.Text.Json;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>What programs really receive.</summary>
public sealed class ArgumentsTests
{
    private const string PrintArguments = "import json, sys\nprint(json.dumps(sys.argv[1:]))\n";

    [Theory]
    [InlineData("{b: 2, a: x}", "", "--a x --b 2")]
    [InlineData("{lr: 0.1}", "lr=1e-3", "--lr 0.001")]
    [InlineData("{'on': true, 'off': false}", "", "--off || --on 1")]
    [InlineData("{none: null, set: ''}", "", "--set |")]
    [InlineData("{f: 1.0}", "", "--f 1.0")]
    [InlineData("{a: {default: 1, arg-name: other}}", "", "--other 1")]
    [InlineData("{a: {default: 1, arg-skip: yes}, b: 2}", "", "--b 2")]
    [InlineData("{a: {default: yes, arg-switch: yes}, b: {default: no, arg-switch: yes}}", "", "--a")]
    [InlineData("{a: {default: no, arg-switch: no}}", "", "--a")]
    [InlineData("{a: {default: '1 2', arg-split: yes}}", "", "--a 1 2")]
    [InlineData("{a: {default: '1,2', arg-split: ','}}", "", "--a 1 2")]
    [InlineData("{a: {default: yes, arg-encoding: {yes: ON, no: OFF}}}", "", "--a ON")]
    [InlineData("{o: {default: sgd, choices: [sgd, {value: adam, args: {beta: 0.9}}]}}", "o=adam", "--beta 0.9 --o adam")]
    [InlineData("{o: {default: s, choices: [s, {value: l, flags: {n: 100}}]}, n: 1}", "o=l", "--n 100 --o l")]
    [InlineData("{o: {default: s, choices: [s, {value: l, flags: {n: 100}}]}, n: 1}", "o=l n=5", "--n 5 --o l")]
    public void Flags_become_arguments(string flags, string given, string expected)
    {
        using var project = new TempProject("{op: {main: train, flags: " + flags + "}}");
        project.Write("train.py", PrintArguments);
        var run = project.Run("op", given.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(expected.Replace("|", "", StringComparison.Ordinal).Split(' '), Arguments(run));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("it's \"quoted\"")]
    [InlineData("; rm -rf x $(y) `z` $HOME * ? [a] \\n")]
    [InlineData("Zoë – 日本 🙂")]
    [InlineData("-leading")]
    [InlineData("two\nlines\tand a tab")]
    public void Any_text_reaches_a_program_as_it_is(string text)
    {
        using var project = new TempProject("""{op: {main: train, flags: {t: {default: x, type: string}}}, sh: {exec: 'python3 ${project_dir}/train.py ${t} --t=${t}', flags: {t: {default: x, type: string}}}}""");
        project.Write("train.py", PrintArguments);
        Assert.Equal(["--t", text], Arguments(project.Run("op", "t=" + text)));
        Assert.Equal([text, "--t=" + text], Arguments(project.Run("sh", "t=" + text)));
    }

    [Fact]
    public void Flags_that_go_nowhere_are_still_in_the_environment()
    {
        using var project = new TempProject("{op: {main: train, flags-dest: none, flags: {a: 1}, env: {WHERE: 'at-${a}'}}}");
        project.Write("train.py", "import json, os, sys\nprint(json.dumps(sys.argv[1:] + [os.environ['FLAG_A'], os.environ['WHERE']]))\n");
        Assert.Equal(["1", "at-1"], Arguments(project.Run("op")));
    }

    [Fact]
    public void Values_are_recorded_as_flags_with_their_types_and_what_was_given_beside()
    {
        using var project = new TempProject("{op: {exec: 'true', flags: {a: 1, b: 0.5, c: text, d: yes, e: null}}}");
        var run = project.Run("op", "a=2");
        Assert.Equal([2L, 0.5, "text", true, null], run.Flags.Values);
        Assert.Equal(["a"], ((IReadOnlyDictionary<string, object?>)run.Directory.ReadAttribute("user_flags")!).Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("n=11")]
    [InlineData("n=abc")]
    [InlineData("n=5 o=c")]
    [InlineData("n=5 x=1")]
    public void What_flags_do_not_allow_makes_nothing(string given)
    {
        using var project = new TempProject("{first: {exec: 'true'}, op: {exec: 'true', flags: {n: {required: yes, type: int, max: 10}, o: {default: a, choices: [a, b]}}}}");
        project.Run("first");
        var before = project.HomeContent();
        Assert.Throws<FlagException>(() => project.Run("op", given.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(before, project.HomeContent());
    }

    [Fact]
    public void Flags_that_are_forced_are_passed_and_recorded()
    {
        using var project = new TempProject("{op: {main: train, flags: {n: {default: 1, max: 10}}}}");
        project.Write("train.py", PrintArguments);
        var run = project.Run(project.Request("op", "n=11", "x=1") with { ForcesFlags = true });
        Assert.Equal(["--n", "11", "--x", "1"], Arguments(run));
        Assert.Equal(11L, run.Flags["n"]);
    }

    private static string[] Arguments(Run run) => JsonSerializer.Deserialize<string[]>(TempProject.Output(run))!;
}
