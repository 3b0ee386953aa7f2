using Guild.Engine.Execution;

namespace Guild.Engine.Operations;

/// <summary>Finds the interpreters that operations run in.</summary>
public static class Interpreters
{
    /// <summary>
    /// The Python of the environment: <c>GUILD_PYTHON_EXE</c> if set, else that of the activated virtual environment, else <c>python3</c> or
    /// <c>python</c> of the PATH.
    /// </summary>
    /// <exception cref="ProgramException">There is none.</exception>
    public static string FindPython(EngineContext context)
    {
        if (context.Environment.TryGetValue("GUILD_PYTHON_EXE", out var named) && named.Length > 0)
        {
            return ProgramSearch.Find(named, context.WorkingDirectory, context.Environment)
                ?? throw new ProgramException(named, $"There is no Python at '{named}', which GUILD_PYTHON_EXE names.", "Correct or remove GUILD_PYTHON_EXE.");
        }

        return InVirtualEnvironment(context)
            ?? ProgramSearch.Find("python3", context.WorkingDirectory, context.Environment)
            ?? ProgramSearch.Find("python", context.WorkingDirectory, context.Environment)
            ?? throw new ProgramException(
                "python3",
                "No Python was found: neither python3 nor python is on the PATH, and no virtual environment is active.",
                "Install Python 3, or activate the virtual environment that has it.");
    }

    /// <summary>The PowerShell program that runs scripts: <c>pwsh</c> of the PATH, else the one that the surroundings offer.</summary>
    /// <exception cref="ProgramException">There is none.</exception>
    public static string FindPowerShell(EngineContext context) => ProgramSearch.Find("pwsh", context.WorkingDirectory, context.Environment)
        ?? context.FallbackPowerShell
        ?? throw new ProgramException(
            "pwsh",
            "No PowerShell was found to run the script: pwsh is not on the PATH.",
            "Install PowerShell 7.6, or add its folder to the PATH.");

    private static string? InVirtualEnvironment(EngineContext context)
    {
        foreach (var variable in new[] { "VIRTUAL_ENV", "CONDA_PREFIX" })
        {
            if (!context.Environment.TryGetValue(variable, out var folder) || folder.Length == 0)
            {
                continue;
            }

            string[] candidates = OperatingSystem.IsWindows()
                ? [Path.Combine(folder, "Scripts", "python.exe"), Path.Combine(folder, "python.exe")]
                : [Path.Combine(folder, "bin", "python"), Path.Combine(folder, "bin", "python3")];
            if (candidates.FirstOrDefault(File.Exists) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
