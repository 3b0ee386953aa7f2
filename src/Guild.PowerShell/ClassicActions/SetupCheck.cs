using System.Runtime.InteropServices;
using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild check</c>: what Guild is and what it works with.</summary>
internal static class SetupCheck
{
    private const string Missing = "not found";

    /// <summary>The version of the module.</summary>
    public static string Version => typeof(SetupCheck).Assembly.GetName().Version!.ToString(3);

    public static int Do(CheckCommand command, ClassicSession session)
    {
        var facts = Facts(session.Engine).Concat(command.IsVerbose ? Details(session.Engine) : []).ToList();
        var width = facts.Max(f => f.Key.Length) + 2;
        session.Print(facts.Select(f => (f.Key + ":").PadRight(width) + f.Value));
        return ClassicExit.Success;
    }

    private static IEnumerable<KeyValuePair<string, string>> Facts(EngineContext context)
    {
        yield return new("guild_version", Version);
        yield return new("guild_install_location", Path.GetDirectoryName(typeof(SetupCheck).Assembly.Location)!);
        yield return new("guild_home", context.Home.Path);
        yield return new("guild_resource_cache", context.Home.CacheDirectory);
        yield return new("python_exe", Found(() => Interpreters.FindPython(context)));
        yield return new("pwsh_exe", Found(() => Interpreters.FindPowerShell(context)));
        yield return new("git_exe", ProgramSearch.Find("git", context.WorkingDirectory, context.Environment) ?? Missing);
        yield return new("platform", $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}");
    }

    private static IEnumerable<KeyValuePair<string, string>> Details(EngineContext context)
    {
        yield return new("dotnet_version", RuntimeInformation.FrameworkDescription);
        yield return new("process_exe", Environment.ProcessPath ?? Missing);
        yield return new("python_path", context.Environment.GetValueOrDefault("PYTHONPATH", ""));
    }

    private static string Found(Func<string> find)
    {
        try
        {
            return find();
        }
        catch (ProgramException)
        {
            return Missing;
        }
    }
}
