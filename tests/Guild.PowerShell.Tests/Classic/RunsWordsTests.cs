using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Tests.Classic;

public sealed class RunsWordsTests
{
    [Theory]
    [InlineData("runs")]
    [InlineData("runs list")]
    [InlineData("runs ls")]
    public void Runs_are_listed_by_default(string line)
    {
        ListRunsCommand command = CommandLines.Read<ListRunsCommand>(line);
        Assert.Equal((20, true, false, RunListForm.Table), (command.Limit, command.IsPaged, command.IsDeleted, command.Form));
    }

    [Theory]
    [InlineData("-m", 40, true)]
    [InlineData("-mm --more", 80, true)]
    [InlineData("-n 5", 5, false)]
    [InlineData("-n5", 5, false)]
    [InlineData("--all", null, false)]
    [InlineData("--json", null, false)]
    public void The_number_of_runs_shown_can_be_changed(string words, int? limit, bool isPaged)
    {
        ListRunsCommand command = CommandLines.Read<ListRunsCommand>($"runs {words}");
        Assert.Equal((limit, isPaged), (command.Limit, command.IsPaged));
    }

    [Theory]
    [InlineData("-v", (int)RunListForm.Verbose)]
    [InlineData("-s", (int)RunListForm.Simplified)]
    [InlineData("--json", (int)RunListForm.Json)]
    public void A_list_has_several_forms(string option, int form) => Assert.Equal((RunListForm)form, CommandLines.Read<ListRunsCommand>($"runs list {option}").Form);

    [Fact]
    public void Compare_has_columns_order_and_form()
    {
        Assert.True(CommandLines.Read<CompareRunsCommand>("compare") is { Form: ComparisonForm.Table, Columns: null, IsStrict: false, OrderColumn: null, Limit: null, Selection.Runs: [] });
        Assert.True(CommandLines.Read<CompareRunsCommand>("compare 1 2:4 -c =lr,loss --min loss -n 3 -u -e -s -p -r --include-batch -t")
            is { Columns: "=lr,loss", IsStrict: false, OrderColumn: "loss", IsHighestFirst: false, Limit: 3, SkipsUnchanged: true, ShowsExtra: true, ShowsAllScalars: true, SkipsOperationColumns: true, SkipsCore: true, IncludesBatches: true, Selection.Runs: ["1", "2:4"] });
        Assert.True(CommandLines.Read<CompareRunsCommand>("compare -cc loss --csv - --max loss -Fo train") is { Columns: "loss", IsStrict: true, Form: ComparisonForm.Csv, CsvPath: "-", IsHighestFirst: true });
        Assert.Equal(ComparisonForm.Scalars, CommandLines.Read<CompareRunsCommand>("compare --print-scalars").Form);
    }

    [Fact]
    public void Diff_compares_the_latest_run_with_the_one_before_it()
    {
        Assert.True(CommandLines.Read<DiffRunsCommand>("diff") is { Selection.Runs: ["2", "1"], Parts: [], Paths: [], Program: null });
        Assert.True(CommandLines.Read<DiffRunsCommand>("runs diff 5 3 -O -s -e -f -D -p a -p b/c -c meld")
            is { Selection.Runs: ["5", "3"], Parts: [DiffPart.Environment, DiffPart.Flags, DiffPart.Dependencies, DiffPart.Output, DiffPart.SourceCode], Paths: ["a", "b/c"], Program: "meld" });
        Assert.True(CommandLines.Read<DiffRunsCommand>("diff -a -e -f") is { Parts: [DiffPart.Attributes] });
        Assert.True(CommandLines.Read<DiffRunsCommand>("diff -w") is { Selection.Runs: ["1"], ComparesWorking: true });
        Assert.True(CommandLines.Read<DiffRunsCommand>("diff 4 -d x") is { Selection.Runs: ["4"], Directory: "x" });
    }

    [Fact]
    public void Select_takes_the_run_with_the_best_value()
    {
        Assert.True(CommandLines.Read<SelectRunsCommand>("select -min loss") is { BestColumn: "loss", IsHighestBest: false });
        Assert.True(CommandLines.Read<SelectRunsCommand>("select --max =lr -s") is { BestColumn: "=lr", IsHighestBest: true, Part: SelectedPart.ShortId });
    }

    [Fact]
    public void Options_before_the_command_count_for_it()
    {
        DeleteRunsCommand command = CommandLines.Read<DeleteRunsCommand>("runs -Fo train --not-running rm 1 -y");
        Assert.Equal(["train"], command.Selection.Filter.Operations);
        Assert.Equal(["running"], command.Selection.Filter.ExcludedStatuses);
        Assert.Equal(["1"], command.Selection.Runs);
    }

    [Fact]
    public void Filters_are_read_by_their_names_of_today()
    {
        RunFilter filter = CommandLines.Read<ListRunsCommand>("runs -Fo a --operation=b -Fl x -Ft t -Ft u -Fm").Selection.Filter;
        Assert.Equal(["a", "b"], filter.Operations);
        Assert.Equal(["x"], filter.Labels);
        Assert.Equal(["t", "u"], filter.Tags);
        Assert.True(filter.Marked);
    }

    [Theory]
    [InlineData("runs -F lr<1 -Fc slow -Fc - -Fs today -Fd 0d5d")]
    [InlineData("runs list --filter=lr<1 --comment slow --comment - --started=today --digest 0d5d")]
    [InlineData("runs list -F old --filter lr<1 -Fc slow -Fc - -Fs yesterday -Fs today -Fd 0d5d")]
    public void Runs_are_found_by_expression_comment_time_and_digest(string words)
    {
        RunFilter filter = CommandLines.Read<ListRunsCommand>(words).Selection.Filter;
        Assert.Equal(("lr<1", "today", "0d5d"), (filter.Expression, filter.Started, filter.Digest));
        Assert.Equal(["slow", "-"], filter.Comments);
    }

    [Fact]
    public void An_empty_expression_is_none()
    {
        RunFilter filter = CommandLines.Read<DeleteRunsCommand>("runs rm --filter= --started= --digest=").Selection.Filter;
        Assert.Equal((null, null, null), (filter.Expression, filter.Started, filter.Digest));
    }

    [Fact]
    public void Filters_are_read_by_their_early_names_too()
    {
        RunFilter filter = CommandLines.Read<ListRunsCommand>("runs -o a -l x -RE").Selection.Filter;
        Assert.Equal(["a"], filter.Operations);
        Assert.Equal(["x"], filter.Labels);
        Assert.Equal(["running", "error"], filter.Statuses);
    }

    [Fact]
    public void An_early_name_does_not_take_what_a_command_uses_today() =>
        Assert.True(CommandLines.Read<ListFilesCommand>("ls -L").FollowsLinks);

    [Theory]
    [InlineData("-Fu", "-")]
    [InlineData("-u", "-")]
    [InlineData("-Fl -", "-")]
    public void No_label_is_a_dash(string words, string label) => Assert.Equal([label], CommandLines.Read<ListRunsCommand>($"runs {words}").Selection.Filter.Labels);

    [Theory]
    [InlineData("-Sr", "running", "")]
    [InlineData("-Sc -Ss", "completed staged", "")]
    [InlineData("-Set", "error terminated", "")]
    [InlineData("-S et -Sp", "error terminated pending", "")]
    [InlineData("--not-error --not-staged", "", "error staged")]
    [InlineData("-Set --not-error", "terminated", "error")]
    [InlineData("-Sr --not-running", "", "running")]
    public void Statuses_are_wanted_or_not(string words, string wanted, string excluded)
    {
        RunFilter filter = CommandLines.Read<ListRunsCommand>($"runs {words}").Selection.Filter;
        Assert.Equal(wanted, string.Join(' ', filter.Statuses));
        Assert.Equal(excluded, string.Join(' ', filter.ExcludedStatuses));
    }

    [Theory]
    [InlineData("runs -Sx", "unrecognized status letter 'x' in option '-S'", "runs")]
    [InlineData("runs -n 0", "invalid value '0' for --limit: expected a whole number of at least 1", "runs")]
    [InlineData("runs list -n many", "invalid value 'many' for --limit: expected a whole number of at least 1", "runs list")]
    [InlineData("runs --json -v", "--json and --verbose cannot both be used", "runs")]
    [InlineData("runs -a -n 3", "--all and --limit cannot both be used", "runs")]
    [InlineData("runs -Fm -Fn", "--marked and --unmarked cannot both be used", "runs")]
    [InlineData("runs rm -Fl x -Fu", "--label and --unlabeled cannot both be used", "runs delete")]
    [InlineData("runs info 1 2", "unexpected extra argument '2'", "runs info")]
    [InlineData("runs -r x", "option '-r' is not in this version", "runs")]
    [InlineData("label -s a -c", "--set and --clear cannot both be used", "label")]
    [InlineData("label", "specify a label", "label")]
    [InlineData("cat", "--path is required unless --output is used", "cat")]
    [InlineData("cat a 1 2", "unexpected extra argument '2'", "cat")]
    [InlineData("cat -p /x", "PATH must be relative", "cat")]
    [InlineData("select -s -a x", "--short-id and --attr cannot both be used", "select")]
    [InlineData("select -min a -max b", "--min and --max cannot both be used", "select")]
    [InlineData("compare --min a --max b", "--min and --max cannot both be used", "compare")]
    [InlineData("compare -c a -cc b", "--cols and --strict-cols cannot both be used", "compare")]
    [InlineData("compare -t --csv -", "--table and --csv cannot both be used", "compare")]
    [InlineData("compare -n 0", "invalid value '0' for --top: expected a whole number of at least 1", "compare")]
    [InlineData("diff 1", "diff requires two runs", "diff")]
    [InlineData("diff 1 2 3", "unexpected extra argument '3'", "diff")]
    [InlineData("diff 1 2 -w", "cannot specify second RUN and --working", "diff")]
    [InlineData("diff -w -d x", "--working and --dir cannot both be used", "diff")]
    [InlineData("diff -p /x", "PATH must be relative, but '/x' is not", "diff")]
    public void Words_that_do_not_go_together_are_refused(string line, string problem, string command) =>
        Assert.Equal($"{problem}\nTry 'guild {command} --help' for more information.", CommandLines.Problem(line));

    [Fact]
    public void Runs_may_be_named_in_a_list_as_PowerShell_writes_it() =>
        Assert.Equal(["1", "2", "4:5"], CommandLines.Read<DeleteRunsCommand>("runs rm 1,2 4:5").Selection.Runs);

    [Fact]
    public void An_empty_name_of_a_run_does_not_become_all_runs() =>
        Assert.Equal([""], Assert.IsType<DeleteRunsCommand>(ClassicCommandLine.Parse(["runs", "rm", ""], static (_, _) => null).Command).Selection.Runs);

    [Fact]
    public void Deleting_restoring_and_purging_take_runs_and_yes()
    {
        Assert.True(CommandLines.Read<DeleteRunsCommand>("runs delete 1 -p") is { IsPermanent: true, AssumesYes: false });
        Assert.True(CommandLines.Read<RestoreRunsCommand>("runs restore 1 -y").AssumesYes);
        Assert.True(CommandLines.Read<PurgeRunsCommand>("runs purge --yes").AssumesYes);
    }

    [Fact]
    public void Stopping_waits_half_a_minute_unless_told_otherwise()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), CommandLines.Read<StopRunsCommand>("stop").Timeout);
        Assert.Equal(TimeSpan.Zero, CommandLines.Read<StopRunsCommand>("runs stop --timeout 0").Timeout);
        Assert.True(CommandLines.Read<StopRunsCommand>("stop -n --force") is { ReturnsAtOnce: true, IsForced: true });
    }

    [Fact]
    public void A_label_is_set_added_to_or_removed()
    {
        Assert.True(CommandLines.Read<LabelRunsCommand>("label 1 --set best") is { NewLabel: "best", IsCleared: false, Selection.Runs: ["1"] });
        Assert.True(CommandLines.Read<LabelRunsCommand>("runs label -p a -rm b -rm c") is { Prefix: "a", Removed: ["b", "c"], Selection.Runs: [] });
        Assert.True(CommandLines.Read<LabelRunsCommand>("label -a x 1 2") is { Suffix: "x", Selection.Runs: ["1", "2"] });
        Assert.True(CommandLines.Read<LabelRunsCommand>("label -c 1") is { IsCleared: true, NewLabel: null });
    }

    [Fact]
    public void A_label_may_be_the_last_word_as_in_early_versions() =>
        Assert.True(CommandLines.Read<LabelRunsCommand>("label 1 2 best") is { NewLabel: "best", Selection.Runs: ["1", "2"] });

    [Fact]
    public void Info_shows_what_is_asked_for() =>
        Assert.True(CommandLines.Read<RunInfoCommand>("runs info 2 -c -e -d -m -s --json")
            is { ShowsComments: true, ShowsEnvironment: true, ShowsDependencies: true, ShowsManifest: true, ShowsAllScalars: true, IsJson: true, Selection.Runs: ["2"] });

    [Theory]
    [InlineData("select", (int)SelectedPart.Id)]
    [InlineData("select -s", (int)SelectedPart.ShortId)]
    [InlineData("select --dir", (int)SelectedPart.Directory)]
    [InlineData("select -a status", (int)SelectedPart.Attribute)]
    public void Select_shows_one_part_of_a_run(string line, int part) => Assert.Equal((SelectedPart)part, CommandLines.Read<SelectRunsCommand>(line).Part);

    [Fact]
    public void Cat_shows_a_file_or_the_output()
    {
        Assert.True(CommandLines.Read<PrintFileCommand>("cat 2 -p train.log -s") is { Path: "train.log", IsSourceCode: true, Selection.Runs: ["2"] });
        Assert.True(CommandLines.Read<PrintFileCommand>("cat --output") is { Path: null, IsOutput: true, Selection.Runs: [] });
    }

    [Fact]
    public void Cat_takes_the_path_first_as_in_early_versions() =>
        Assert.True(CommandLines.Read<PrintFileCommand>("cat train.log 2") is { Path: "train.log", Selection.Runs: ["2"] });

    [Fact]
    public void Files_are_listed_by_kind_and_form()
    {
        ListFilesCommand command = CommandLines.Read<ListFilesCommand>("ls 3 -p sub -s -g -afLnh");
        Assert.Equal([RunFileKind.SourceCode, RunFileKind.Generated], command.Kinds);
        Assert.True(command is { Path: "sub", ShowsAll: true, ShowsFullPaths: true, FollowsLinks: true, IsPlain: true, ShowsSizes: true, Selection.Runs: ["3"] });
    }

    [Fact]
    public void A_run_is_watched_by_its_name_or_its_process_and_not_by_both()
    {
        Assert.Equal(["a1"], CommandLines.Read<WatchRunCommand>("watch a1").Selection.Runs);
        Assert.Equal("12", CommandLines.Read<WatchRunCommand>("watch -p 12").ProcessId);
        Assert.Equal("--pid may not be used with other options\nTry 'guild watch --help' for more information.", CommandLines.Problem("watch a1 --pid 12"));
        Assert.Equal("--pid may not be used with other options\nTry 'guild watch --help' for more information.", CommandLines.Problem("watch -Fo train --pid 12"));
    }
}
