using Guild.Engine.GuildFiles;

namespace Guild.Engine.SourceCode;

/// <summary>The rules of a snapshot in order: the default ones, then the model's and the operation's. The last that applies wins.</summary>
internal sealed class SelectionRules
{
    private readonly SelectionRule[] _directoryRules;
    private readonly SelectionRule[] _fileRules;
    private readonly int _ownRules;
    private readonly SelectionRule[] _all;

    private SelectionRules(List<SelectionRule> defaults, List<SelectionRule> own)
    {
        _all = [.. defaults, .. own];
        _directoryRules = [.. _all.Where(rule => rule.IsForDirectories).Reverse()];
        _fileRules = [.. _all.Where(rule => !rule.IsForDirectories).Reverse()];
        _ownRules = own.Count(rule => !rule.IsForDirectories);
    }

    public static SelectionRules Create(
        string root, IReadOnlyList<SourceCodeDefinition> definitions, SourceSnapshotOptions options, GitFiles? git)
    {
        var own = new List<SelectionRule>();
        foreach (var definition in definitions)
        {
            if (definition.ReplacesDefaults)
            {
                own.Add(new GlobRule(isInclude: false, SourceCodeRuleKind.Any, "*"));
            }

            own.AddRange(definition.Rules.Select(rule => OwnRule(root, rule)));
        }

        return new SelectionRules(git is null ? PlainDefaults(options) : GitDefaults(options, git), own);
    }

    /// <summary>The rules in words, in their order. A rule that says what the one before it said is not repeated.</summary>
    public IEnumerable<string> Describe()
    {
        string? before = null;
        foreach (var line in _all.SelectMany(rule => rule.Describe()).Where(line => line != before))
        {
            before = line;
            yield return line;
        }
    }

    /// <summary>Whether a folder is looked into.</summary>
    public bool IsEntered(Candidate directory)
    {
        foreach (var rule in _directoryRules)
        {
            if (rule.Test(directory) == RuleAnswer.Match)
            {
                return rule.IsInclude;
            }
        }

        return true;
    }

    /// <summary>What becomes of a file.</summary>
    public SelectionVerdict Judge(Candidate file)
    {
        LeftOutReason? reason = null;
        for (var index = 0; index < _fileRules.Length; index++)
        {
            var rule = _fileRules[index];
            switch (rule.Test(file))
            {
                case RuleAnswer.Match:
                    return new SelectionVerdict(rule.IsInclude, IsByDefault: index >= _ownRules, Reason: null);
                case RuleAnswer.Binary:
                    reason = LeftOutReason.Binary;
                    break;
                case RuleAnswer.TooLarge:
                    reason = LeftOutReason.TooLarge;
                    break;
                default:
                    break;
            }
        }

        return new SelectionVerdict(IsSelected: false, IsByDefault: true, reason);
    }

    private static List<SelectionRule> PlainDefaults(SourceSnapshotOptions options)
    {
        List<SelectionRule> rules =
        [
            new GlobRule(isInclude: false, SourceCodeRuleKind.Directory, ".*"),
            new MarkedDirectoryRule(SourceSnapshot.NoCopyMarker),
            new SmallTextRule(options.MaximumFileSize),
        ];
        if (options.IsPython)
        {
            rules.AddRange(PythonRules());
        }

        return rules;
    }

    private static List<SelectionRule> GitDefaults(SourceSnapshotOptions options, GitFiles git)
    {
        List<SelectionRule> rules =
        [
            new MarkedDirectoryRule(SourceSnapshot.NoCopyMarker),
            new GlobRule(isInclude: false, SourceCodeRuleKind.Directory, ".git"),
            new DirectoryConditionRule("* without files that git knows", directory => !git.IsKnownDirectory(directory.Path)),
            new SmallTextRule(options.MaximumFileSize, git.IsNew),
            new TrackedFileRule(git),
            new GlobRule(isInclude: false, SourceCodeRuleKind.Any, ".git*", GitFiles.GuildIgnoreName),
        ];
        if (options.IsPython)
        {
            // What git tracks is source code, even in a folder named build.
            var python = PythonRules();
            rules.Add(new DirectoryConditionRule("of Python that git does not track, such as __pycache__", directory =>
                !git.IsTrackedDirectory(directory.Path) && python.Exists(rule => rule.Test(directory) == RuleAnswer.Match)));
        }

        return rules;
    }

    private static List<SelectionRule> PythonRules() =>
    [
        new MarkedDirectoryRule("bin/activate", "Scripts/activate"),
        new GlobRule(isInclude: false, SourceCodeRuleKind.Directory, "__pycache__", "build", "dist", "*.egg-info"),
    ];

    private static GlobRule OwnRule(string root, SourceCodeRule rule) =>
        new(rule.IsInclude, rule.Kind, rule.Kind == SourceCodeRuleKind.Any ? rule.Patterns.Select(p => WithDirectory(root, p)) : rule.Patterns);

    // A folder's name stands for all that is in it.
    private static string WithDirectory(string root, string pattern) =>
        pattern.Trim('/') is { Length: > 0 } name && Directory.Exists(Path.Join(root, name)) ? $"{name}/*" : pattern;
}

/// <summary>What becomes of a file.</summary>
/// <param name="IsSelected">True if it is copied.</param>
/// <param name="IsByDefault">True if a default rule decided, false if it was one of the Guild file.</param>
/// <param name="Reason">Why a default rule that would have taken it did not, or null.</param>
internal readonly record struct SelectionVerdict(bool IsSelected, bool IsByDefault, LeftOutReason? Reason);
