namespace Guild.Engine.Flags;

/// <summary>What is wrong with a flag.</summary>
public enum FlagProblemKind
{
    /// <summary>The operation has no flag of that name.</summary>
    Unknown,

    /// <summary>A required flag has no value.</summary>
    Missing,

    /// <summary>The value is not of the flag's type.</summary>
    WrongType,

    /// <summary>The value is not one of the flag's choices.</summary>
    NotAChoice,

    /// <summary>The value is below the minimum or above the maximum.</summary>
    OutOfRange,

    /// <summary>The flag was given under its name and under its alias.</summary>
    GivenTwice,

    /// <summary>The value refers to a flag that is not there, or to itself.</summary>
    BadReference,

    /// <summary>The value is a list or a range that a search cannot draw from.</summary>
    BadSpace,
}

/// <summary>One thing that is wrong with one flag.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Flag">The flag's name, as the user gave it or as the Guild file has it.</param>
/// <param name="Value">The value that was given, or null.</param>
/// <param name="Message">What is wrong, in one sentence; an unknown name comes with what exists, nearest first.</param>
public sealed record FlagProblem(FlagProblemKind Kind, string Flag, object? Value, string Message)
{
    /// <summary>Of trials that were given one by one, the place of the trial that has the problem, from 1; null for what is so in all of them.</summary>
    public int? Trial { get; init; }
}
