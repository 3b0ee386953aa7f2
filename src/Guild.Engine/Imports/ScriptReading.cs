using Guild.Engine.GuildFiles;

namespace Guild.Engine.Imports;

/// <summary>What a script is for, as far as its text tells.</summary>
public enum ScriptKind
{
    /// <summary>The text does not tell, because it cannot be read.</summary>
    Unknown,

    /// <summary>It is made to be run: it reads arguments, or asks whether it is the program that was started.</summary>
    Program,

    /// <summary>It does something when it is run, and also when another script imports it.</summary>
    Script,

    /// <summary>It only defines what other scripts use.</summary>
    Module,
}

/// <summary>What a script says of its flags.</summary>
public sealed record ScriptReading
{
    /// <summary>The flags, in the order in which the script has them.</summary>
    public IReadOnlyList<FlagDefinition> Flags { get; init; } = [];

    /// <summary>Where the script takes its flags from: <c>args</c>, <c>args:click</c>, <c>globals</c>; null if it does not tell.</summary>
    public string? Destination { get; init; }

    /// <summary>What the script says of itself; can be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>What the script is for.</summary>
    public ScriptKind Kind { get; init; }

    /// <summary>The names of the modules that it imports, as far as they are known; of a name with dots the first part.</summary>
    public IReadOnlyList<string> Imports { get; init; } = [];

    /// <summary>Why the flags, or some of them, could not be read, as the end of a sentence; null if they could.</summary>
    public string? Problem { get; init; }
}

/// <summary>Reads the flags of scripts in one language, without running them.</summary>
public interface IScriptReader
{
    /// <summary>Reads a script. A script that cannot be read gives a reading with a problem.</summary>
    /// <param name="path">The absolute path of the script.</param>
    ScriptReading Read(string path);
}
