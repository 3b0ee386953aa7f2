namespace Guild.PowerShell.Classic;

/// <summary>The commands that say something of runs beside their label: <c>tag</c>, <c>mark</c> and <c>comment</c>, also below <c>runs</c>.</summary>
internal static class RunNoteWords
{
    private static readonly OptionSpec AddTag = OptionSpec.Values("TAG", "Add TAG. May be used several times.", "-a", "--add") with { Word = WordKind.Tag };
    private static readonly OptionSpec DeleteTag = OptionSpec.Values("TAG", "Remove TAG. May be used several times.", "-d", "--delete") with { Word = WordKind.Tag };
    private static readonly OptionSpec ClearTags = OptionSpec.Switch("Remove all tags.", "-c", "--clear");
    private static readonly OptionSpec SyncLabels = OptionSpec.Switch("Put added tags before the label too, and take removed ones out of it.", "-s", "--sync-labels");
    private static readonly OptionSpec ListTags = OptionSpec.Switch("List all tags of the runs.", "--list-all");
    private static readonly OptionSpec YesToTags = OptionSpec.Switch("Do not ask before tags change.", "-y", "--yes");

    private static readonly OptionSpec ClearMark = OptionSpec.Switch("Remove the mark.", "-c", "--clear");
    private static readonly OptionSpec YesToMarks = OptionSpec.Switch("Do not ask before marks change.", "-y", "--yes");

    private static readonly OptionSpec ListComments = OptionSpec.Switch("List the comments, with their numbers.", "-l", "--list");
    private static readonly OptionSpec AddComment = OptionSpec.Value("COMMENT", "Add a comment.", "-a", "--add");
    private static readonly OptionSpec EditComment = OptionSpec.Switch("Write the comment in an editor. So it is without --add too.", "-e", "--edit");
    private static readonly OptionSpec DeleteComment = OptionSpec.Value("INDEX", "Remove the comment of this number.", "-d", "--delete");
    private static readonly OptionSpec ClearComments = OptionSpec.Switch("Remove all comments.", "-c", "--clear");
    private static readonly OptionSpec User = OptionSpec.Value("USER", "Who comments: USER or USER@HOST.", "-u", "--user");
    private static readonly OptionSpec YesToComments = OptionSpec.Switch("Do not ask before comments change.", "-y", "--yes");

    /// <summary><c>guild tag</c>.</summary>
    public static readonly CommandSpec Tag = new()
    {
        Names = ["tag"],
        Summary = "Add or remove tags of runs.",
        Details = ["Without RUN it is the latest run; with --list-all, all runs.", FilterOptions.RunsHelp],
        Arguments = [FilterOptions.Runs],
        Options = [AddTag, DeleteTag, ClearTags, SyncLabels, ListTags, YesToTags, .. FilterOptions.All],
        Read = ReadTag,
    };

    /// <summary><c>guild mark</c>.</summary>
    public static readonly CommandSpec Mark = new()
    {
        Names = ["mark"],
        Summary = "Mark runs.",
        Details =
        [
            "A marked run is taken before newer ones where an operation needs a run.",
            "Without RUN it is the latest run; with --clear, all marked runs.",
            FilterOptions.RunsHelp,
        ],
        Arguments = [FilterOptions.Runs],
        Options = [ClearMark, YesToMarks, .. FilterOptions.All],
        Read = static parsed => new MarkRunsCommand { Selection = FilterOptions.ReadSelection(parsed), IsCleared = parsed.Has(ClearMark), AssumesYes = parsed.Has(YesToMarks) },
    };

    /// <summary><c>guild comment</c>.</summary>
    public static readonly CommandSpec Comment = new()
    {
        Names = ["comment"],
        Summary = "Add, list or remove comments of runs.",
        Details = ["Without RUN it is the latest run.", FilterOptions.RunsHelp],
        Arguments = [FilterOptions.Runs],

        // The old name of --label has another use here.
        Options = [ListComments, AddComment, EditComment, DeleteComment, ClearComments, User, YesToComments, .. FilterOptions.All],
        Read = ReadComment,
    };

    private static TagRunsCommand ReadTag(ParsedWords parsed)
    {
        if (!parsed.Has(AddTag) && !parsed.Has(DeleteTag) && !parsed.Has(ClearTags) && !parsed.Has(ListTags))
        {
            throw parsed.Error("one of --add, --delete, --clear or --list-all is needed");
        }

        parsed.Exclude(AddTag, ListTags);
        parsed.Exclude(DeleteTag, ListTags);
        parsed.Exclude(ClearTags, ListTags);
        return new TagRunsCommand
        {
            Selection = FilterOptions.ReadSelection(parsed),
            Added = parsed.All(AddTag),
            Removed = parsed.All(DeleteTag),
            IsCleared = parsed.Has(ClearTags),
            SyncsLabels = parsed.Has(SyncLabels),
            IsList = parsed.Has(ListTags),
            AssumesYes = parsed.Has(YesToTags),
        };
    }

    private static CommentRunsCommand ReadComment(ParsedWords parsed)
    {
        (OptionSpec One, OptionSpec Other)[] pairs =
        [
            (ListComments, AddComment), (ListComments, DeleteComment), (ListComments, ClearComments), (AddComment, DeleteComment), (AddComment, ClearComments),
            (EditComment, DeleteComment), (EditComment, ClearComments), (DeleteComment, ClearComments),
        ];
        foreach ((OptionSpec one, OptionSpec other) in pairs)
        {
            parsed.Exclude(one, other);
        }

        return new CommentRunsCommand
        {
            Selection = FilterOptions.ReadSelection(parsed),
            IsList = parsed.Has(ListComments),
            Comment = parsed.Last(AddComment),
            IsEdited = parsed.Has(EditComment) || !parsed.Has(AddComment),
            Deleted = parsed.Number(DeleteComment, least: 1),
            IsCleared = parsed.Has(ClearComments),
            User = parsed.Last(User),
            AssumesYes = parsed.Has(YesToComments),
        };
    }
}
