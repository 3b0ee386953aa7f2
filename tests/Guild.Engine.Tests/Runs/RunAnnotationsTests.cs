using Guild.Engine.Resources;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

/// <summary>Changing what people say of a run.</summary>
public sealed class RunAnnotationsTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly RunDirectory _run;

    public RunAnnotationsTests() => _run = _home.AddRun();

    [Theory]
    [InlineData("a b", null, null, "", "a b")]
    [InlineData("a b", "x", null, "", "x a b")]
    [InlineData("a b", null, "y", "", "a b y")]
    [InlineData("a b", "x", "y", "b", "x a y")]
    [InlineData("lr=10 lr=1", null, null, "lr=1", "lr=10")]
    [InlineData("a a a", null, null, "a", "")]
    [InlineData("", null, "y", "", "y")]
    public void A_label_is_changed_in_parts(string old, string? prefix, string? suffix, string removed, string expected)
    {
        Change(new RunAnnotationChange { Label = old });

        Change(new RunAnnotationChange { LabelPrefix = prefix, LabelSuffix = suffix, RemovedLabelParts = [removed] });

        Assert.Equal(expected, _run.ReadAttribute("label") ?? "");
    }

    [Fact]
    public void Tags_are_cleared_before_others_are_added_and_labels_can_follow()
    {
        Change(new RunAnnotationChange { Label = "old text", AddedTags = ["old", "b"] });

        Change(new RunAnnotationChange { ClearsTags = true, AddedTags = ["new", "text"], SyncsLabel = true });

        Assert.Equal(["new", "text"], Tags());
        Assert.Equal("new text", _run.ReadAttribute("label"));
    }

    [Fact]
    public void A_tag_that_is_both_removed_and_added_is_there()
    {
        Change(new RunAnnotationChange { AddedTags = ["a"], RemovedTags = ["a"] });

        Assert.Equal(["a"], Tags());
    }

    [Fact]
    public void Comments_are_edited_and_removed_by_number()
    {
        foreach (var body in new[] { "one", "two", "three" })
        {
            Change(new RunAnnotationChange { Comment = body, User = "ada", Host = "lab" });
        }

        Change(new RunAnnotationChange { Comment = "zwei", EditedComment = 2, RemovedComments = [1], User = "bob" });

        var comments = _home.Read(_run).Comments;
        Assert.Equal([("zwei", "ada"), ("three", "ada")], comments.Select(comment => (comment.Body, comment.User)));
        Change(new RunAnnotationChange { ClearsComments = true, Comment = "new" });
        Assert.Equal(["new"], _home.Read(_run).Comments.Select(comment => comment.Body));
    }

    [Fact]
    public void A_number_that_no_comment_has_changes_nothing()
    {
        Change(new RunAnnotationChange { Comment = "one", Label = "old" });

        Assert.Equal(2, Assert.Throws<RequestException>(() => Change(new RunAnnotationChange { RemovedComments = [2], Label = "new" })).Subject);
        Assert.Equal("old", _run.ReadAttribute("label"));
    }

    [Fact]
    public void Who_adds_tags_at_once_loses_none()
    {
        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => new RunAnnotations(new RunDirectory(_run.Path), TimeProvider.System)
            .Change(new RunAnnotationChange { AddedTags = [$"tag{i}"], Comment = $"comment {i}" }));

        Assert.Equal(40, Tags().Count());
        Assert.Equal(40, _home.Read(_run).Comments.Count);
    }

    [Fact]
    public async Task A_change_waits_for_another_that_goes_on()
    {
        Task change;
        using (CacheLock.TryTake(_run.AnnotationLockPath))
        {
            change = Task.Run(() => Change(new RunAnnotationChange { AddedTags = ["late"] }));
            await Task.Delay(100);
            Assert.Null(_run.ReadAttribute("tags"));
        }

        await change;
        Assert.Equal(["late"], Tags());
    }

    private IEnumerable<string> Tags() => (_run.ReadAttribute("tags") as IReadOnlyList<object?> ?? []).OfType<string>();

    [Fact]
    public void A_run_that_another_process_took_away_is_not_there()
    {
        Directory.Delete(_run.Path, recursive: true);
        Assert.Throws<NameNotFoundException>(() => Change(new RunAnnotationChange { Label = "a" }));
        Assert.False(Directory.Exists(_run.Path));
    }

    private void Change(RunAnnotationChange change) => new RunAnnotations(_run, TimeProvider.System).Change(change);

    public void Dispose() => _home.Dispose();
}
