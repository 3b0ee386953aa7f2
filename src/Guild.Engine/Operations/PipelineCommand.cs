using Guild.Engine.Execution;

namespace Guild.Engine.Operations;

/// <summary>
/// The command of a pipeline in Guild AI's form, by which Guild AI starts one of ours again. Here no such program is started: whoever sees it in a record carries the
/// steps out.
/// </summary>
internal static class PipelineCommand
{
    private const string Module = "guild.steps_main";

    public static OperationCommand Build(EngineContext context) => new()
    {
        Kind = ProgramKind.Pipeline,

        // Steps need no Python, so that there is none is no fault.
        Arguments = [ProgramSearch.Find("python3", context.WorkingDirectory, context.Environment) ?? "python3", "-um", Module],
        Template = ["${guild_python_exe}", "-um", Module],
    };

    /// <summary>True if a recorded command is that of a pipeline.</summary>
    public static bool Is(IReadOnlyList<string> command) => command is [_, "-um", Module, ..];
}
