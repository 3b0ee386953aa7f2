using System.Reflection;

namespace Guild.Host;

/// <summary>
/// What the host does for a detached run: <c>guild --supervise HOME RUN</c>. It loads the engine and nothing of PowerShell, because it stays in memory as long as the run lasts. The
/// module starts it; the words are no command for users.
/// </summary>
internal static class Supervision
{
    private const string Word = "--supervise";
    private const string DynamicCode = "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported";
    private const string EntryType = "Guild.Engine.Execution.DetachedSupervisor";

    /// <summary>True if the words ask for it.</summary>
    internal static bool IsAsked(string[] words) => words is [Word, _, _];

    /// <summary>Supervises the run until its end, and gives the exit code of the process.</summary>
    internal static int Run(string[] words)
    {
        // A library that the engine reads YAML with would compile a regular expression, for one match: the compiler of it would stay in memory as long as the run.
        AppContext.SetSwitch(DynamicCode, false);
        var engine = Assembly.LoadFrom(Path.Combine(ModuleLocation.Directory, "Dependencies", "Guild.Engine.dll"));
        var run = engine.GetType(EntryType, throwOnError: true)!.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;
        return run.CreateDelegate<Func<string, string, string?, int>>()(words[1], words[2], null);
    }
}
