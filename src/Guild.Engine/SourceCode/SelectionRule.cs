using Guild.Engine.GuildFiles;

namespace Guild.Engine.SourceCode;

/// <summary>A file or folder that rules are asked about.</summary>
/// <param name="Path">The path relative to the snapshot's root, with <c>/</c> between its parts.</param>
/// <param name="FullPath">The absolute path.</param>
/// <param name="Size">The size in bytes; 0 for folders.</param>
internal readonly record struct Candidate(string Path, string FullPath, long Size);

/// <summary>What a rule says of a candidate.</summary>
internal enum RuleAnswer
{
    /// <summary>The rule does not apply.</summary>
    None,

    /// <summary>The rule applies.</summary>
    Match,

    /// <summary>The rule would apply if the file were text.</summary>
    Binary,

    /// <summary>The rule would apply if the file were smaller.</summary>
    TooLarge,
}

/// <summary>One rule of a selection: whether it includes or excludes, and what it applies to.</summary>
internal abstract class SelectionRule
{
    public bool IsInclude { get; protected init; }

    public bool IsForDirectories { get; protected init; }

    public abstract RuleAnswer Test(Candidate candidate);

    /// <summary>The rule in words, a line for each pattern, as Guild AI has them.</summary>
    public abstract IEnumerable<string> Describe();

    protected string Effect => IsInclude ? "include" : "exclude";
}

/// <summary>A rule over names: globs, and the kind of file.</summary>
internal sealed class GlobRule : SelectionRule
{
    private readonly Glob[] _globs;
    private readonly string[] _patterns;
    private readonly SourceCodeRuleKind _kind;

    public GlobRule(bool isInclude, SourceCodeRuleKind kind, params IEnumerable<string> patterns)
    {
        IsInclude = isInclude;
        IsForDirectories = kind == SourceCodeRuleKind.Directory;
        _kind = kind;
        _patterns = [.. patterns];
        _globs = [.. _patterns.Select(Glob.Parse)];
    }

    public override IEnumerable<string> Describe()
    {
        var kind = _kind switch
        {
            SourceCodeRuleKind.Directory => "dir ",
            SourceCodeRuleKind.Text => "text ",
            SourceCodeRuleKind.Binary => "binary ",
            _ => "",
        };
        return _patterns.Select(pattern => $"{Effect} {kind}{pattern}");
    }

    public override RuleAnswer Test(Candidate candidate)
    {
        if (!_globs.Any(glob => glob.Matches(candidate.Path)))
        {
            return RuleAnswer.None;
        }

        var isMatch = _kind switch
        {
            SourceCodeRuleKind.Text => TextFile.IsText(candidate.FullPath, candidate.Size),
            SourceCodeRuleKind.Binary => !TextFile.IsText(candidate.FullPath, candidate.Size),
            _ => true,
        };
        return isMatch ? RuleAnswer.Match : RuleAnswer.None;
    }
}

/// <summary>Excludes folders that hold a certain file.</summary>
internal sealed class MarkedDirectoryRule : SelectionRule
{
    private readonly string[] _markers;

    public MarkedDirectoryRule(params string[] markers)
    {
        IsForDirectories = true;
        _markers = markers;
    }

    public override IEnumerable<string> Describe() => _markers.Select(marker => $"exclude dir * containing {marker}");

    public override RuleAnswer Test(Candidate candidate) =>
        _markers.Any(marker => File.Exists(Path.Join(candidate.FullPath, marker))) ? RuleAnswer.Match : RuleAnswer.None;
}

/// <summary>Excludes folders of which a condition holds.</summary>
internal sealed class DirectoryConditionRule : SelectionRule
{
    private readonly Func<Candidate, bool> _condition;

    private readonly string _description;

    public DirectoryConditionRule(string description, Func<Candidate, bool> condition)
    {
        IsForDirectories = true;
        _condition = condition;
        _description = description;
    }

    public override IEnumerable<string> Describe() => [$"exclude dir {_description}"];

    public override RuleAnswer Test(Candidate candidate) => _condition(candidate) ? RuleAnswer.Match : RuleAnswer.None;
}

/// <summary>Includes text files up to a size, of those that are asked for.</summary>
internal sealed class SmallTextRule : SelectionRule
{
    private readonly long _maximumSize;
    private readonly Func<string, bool>? _condition;

    public SmallTextRule(long maximumSize, Func<string, bool>? condition = null)
    {
        IsInclude = true;
        _maximumSize = maximumSize;
        _condition = condition;
    }

    public override IEnumerable<string> Describe() => [$"include text {(_condition is null ? "*" : "that git does not ignore,")} size < {_maximumSize + 1}"];

    public override RuleAnswer Test(Candidate candidate)
    {
        if (_condition?.Invoke(candidate.Path) == false)
        {
            return RuleAnswer.None;
        }

        // The kind is told before the size, so that a large checkpoint is not reported as source code that was too large.
        if (!TextFile.IsText(candidate.FullPath, candidate.Size))
        {
            return RuleAnswer.Binary;
        }

        return candidate.Size > _maximumSize ? RuleAnswer.TooLarge : RuleAnswer.Match;
    }
}

/// <summary>Includes the files that git tracks.</summary>
internal sealed class TrackedFileRule : SelectionRule
{
    private readonly GitFiles _git;

    public TrackedFileRule(GitFiles git)
    {
        IsInclude = true;
        _git = git;
    }

    public override IEnumerable<string> Describe() => ["include what git tracks"];

    public override RuleAnswer Test(Candidate candidate) => _git.IsTracked(candidate.Path) ? RuleAnswer.Match : RuleAnswer.None;
}
