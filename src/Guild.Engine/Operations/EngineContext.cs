using Guild.Engine.Imports;
using Guild.Engine.Runs;

namespace Guild.Engine.Operations;

/// <summary>
/// What the engine takes from its surroundings, given to it rather than read by it: the home, the folder that commands are given in,
/// the environment, and where helpers of the module lie.
/// </summary>
public sealed record EngineContext
{
    /// <summary>The Guild home that runs are written to and found in.</summary>
    public required GuildHome Home { get; init; }

    /// <summary>The absolute path of the folder in which the command was given (<c>CMD_DIR</c>).</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The user's home folder, which <c>~</c> stands for.</summary>
    public required string UserHome { get; init; }

    /// <summary>The environment that programs inherit.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The folder with the small programs that start Python modules and PowerShell scripts (<c>guild_main.py</c>, <c>guild-script.ps1</c>).</summary>
    public required string RunnersDirectory { get; init; }

    /// <summary>The PowerShell program that is used when no <c>pwsh</c> is on the PATH, or null if there is none.</summary>
    public string? FallbackPowerShell { get; init; }

    /// <summary>What reads the parameters of PowerShell scripts, or null where nothing can.</summary>
    public IScriptReader? PowerShellScripts { get; init; }

    /// <summary>How long a Python script may take to come to the place where it reads its arguments, when it is run to see which flags it has.</summary>
    public TimeSpan ScriptReadingLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The user's name, as recorded with runs.</summary>
    public string UserName { get; init; } = "";

    /// <summary>The name of this machine, as recorded with runs.</summary>
    public string HostName { get; init; } = "";

    /// <summary>The runs of the home, with their index.</summary>
    public RunStore Runs => new(Home, UserCache);

    /// <summary>The runs of the home, read from their directories and indexed anew.</summary>
    public RunStore RefreshedRuns => new(Home, UserCache) { IsRefresh = true };

    /// <summary>The same with more variables in the environment, such as secrets that no record has.</summary>
    internal EngineContext With(IReadOnlyDictionary<string, string> variables)
    {
        if (variables.Count == 0)
        {
            return this;
        }

        var environment = new Dictionary<string, string>(Environment, StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return this with { Environment = environment };
    }

    // Where each system wants what can be made again: the XDG base directories, Apple's Library, the local application data.
    private string UserCache
    {
        get
        {
            if (OperatingSystem.IsWindows())
            {
                return Path.Join(Environment.GetValueOrDefault("LOCALAPPDATA") ?? Path.Join(UserHome, "AppData", "Local"), "guild", "cache");
            }

            if (OperatingSystem.IsMacOS())
            {
                return Path.Join(UserHome, "Library", "Caches", "guild");
            }

            var cache = Environment.GetValueOrDefault("XDG_CACHE_HOME");
            return Path.Join(string.IsNullOrEmpty(cache) ? Path.Join(UserHome, ".cache") : cache, "guild");
        }
    }
}
