using System.Globalization;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.ClassicActions;

/// <summary>What happens with an answer, in a host that has an input of its own.</summary>
public sealed class QuestionTests : IDisposable
{
    private readonly ClassicProject _project = new();

    [Theory]
    [InlineData("run say", "n", 4, 1)]
    [InlineData("run say", "y", 0, 2)]
    [InlineData("run say", "", 0, 2)]
    [InlineData("run say --stage", "", 0, 2)]
    [InlineData("runs rm", "n", 4, 1)]
    [InlineData("runs rm", "", 0, 0)]
    [InlineData("runs rm --permanent", "", 4, 1)]
    [InlineData("runs rm --permanent", "yes", 0, 0)]
    public void An_answer_decides(string words, string answer, int exitCode, int runs)
    {
        _project.Guild("run say -y");

        (int code, string shown) = Ask(words, answer);

        Assert.Equal(exitCode, code);
        Assert.Equal(runs, _project.Guild("select --all").Lines.Length);
        Assert.Contains("You are about to ", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_question_before_a_run_shows_operation_and_flags()
    {
        Assert.StartsWith("You are about to run m:say\n  text: hi\nContinue? (Y/n) ", Ask("run say text=hi", "n").Shown, StringComparison.Ordinal);
    }

    public void Dispose() => _project.Dispose();

    private (int ExitCode, string Shown) Ask(string words, string answer)
    {
        var host = new ScriptedHost(answer);
        Runspace runspace;
        lock (SessionStart.Gate)
        {
            InitialSessionState state = InitialSessionState.CreateDefault2();
            state.ImportPSModule([BuiltFiles.Manifest]);
            runspace = RunspaceFactory.CreateRunspace(host, state);
            runspace.Open();
        }

        using (runspace)
        {
            using var shell = System.Management.Automation.PowerShell.Create(runspace);
            shell.AddScript($"$null = $ExecutionContext.SessionState.Path.SetLocation('{_project.Path}'); guild -H '{_project.Home}' {words}").Invoke();
            return ((int)runspace.SessionStateProxy.GetVariable("LASTEXITCODE"), host.Screen.Shown.ToString());
        }
    }

    private sealed class ScriptedHost(string answer) : PSHost
    {
        internal ScriptedScreen Screen { get; } = new(answer);

        public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

        public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

        public override Guid InstanceId { get; } = Guid.NewGuid();

        public override string Name => "ScriptedHost";

        public override PSHostUserInterface UI => Screen;

        public override Version Version { get; } = new(1, 0);

        public override void EnterNestedPrompt() => throw new NotSupportedException();

        public override void ExitNestedPrompt() => throw new NotSupportedException();

        public override void NotifyBeginApplication()
        {
        }

        public override void NotifyEndApplication()
        {
        }

        public override void SetShouldExit(int exitCode)
        {
        }
    }
}
