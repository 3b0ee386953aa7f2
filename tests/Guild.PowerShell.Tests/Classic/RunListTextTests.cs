using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Tests.Classic;

public sealed class RunListTextTests
{
    private static readonly RunListRow[] Rows =
    [
        new()
        {
            Index = 1,
            Id = "a5f0c0de000000000000000000000001",
            Operation = "mlp:train",
            Started = new DateTimeOffset(2023, 2, 24, 12, 0, 0, TimeSpan.FromHours(1)),
            Status = "completed",
            Label = "lr=0.1",
            ExitStatus = 0,
            Directory = "/home/runs/a5f0",
        },
        new() { Index = 2, Id = "b000000100000000000000000000000a", Operation = "prepare", Folder = "../data", IsMarked = true, Status = "pending", Label = "two\nlines" },
    ];

    [Fact]
    public void A_run_is_a_line_with_number_id_operation_start_status_and_label() =>
        Assert.Equal(
            [
                "[1:a5f0c0de]  mlp:train                   2023-02-24 12:00:00  completed  lr=0.1",
                "[2:b0000001]  prepare (../data) [marked]                       pending    two lines",
            ],
            RunListText.Format(Rows));

    [Fact]
    public void A_short_list_leaves_out_id_and_start() =>
        Assert.Equal(["[1]  mlp:train  completed  lr=0.1"], RunListText.Format(Rows[..1], RunListForm.Simplified));

    [Fact]
    public void A_list_is_cut_at_a_width() => Assert.Equal(["[1:a5f0c0de]  mlp"], RunListText.Format(Rows[..1], width: 17));

    [Fact]
    public void Details_follow_each_line() =>
        Assert.Equal(
            [
                "[1:a5f0c0de]  mlp:train  2023-02-24 12:00:00  completed  lr=0.1",
                "  id: a5f0c0de000000000000000000000001",
                "  operation: mlp:train",
                "  from:",
                "  status: completed",
                "  started: 2023-02-24 12:00:00",
                "  stopped:",
                "  marked: no",
                "  label: lr=0.1",
                "  sourcecode_digest:",
                "  vcs_commit:",
                "  run_dir: /home/runs/a5f0",
                "  command:",
                "  exit_status: 0",
                "  pid:",
            ],
            RunListText.Format(Rows[..1], RunListForm.Verbose));

    [Fact]
    public void No_runs_give_no_lines() => Assert.Empty(RunListText.Format([]));

    [Fact]
    public void A_preview_is_indented_and_has_no_numbers() =>
        Assert.Equal(["  [a5f0c0de]  mlp:train  2023-02-24 12:00:00  completed  lr=0.1"], RunListText.FormatPreview(Rows[..1]));

    [Fact]
    public void A_note_says_when_there_are_more_runs()
    {
        Assert.Equal("Showing the first 20 runs (31 total) - use --all to show all or -m to show more", RunListText.Note(shown: 20, total: 31));
        Assert.Null(RunListText.Note(shown: 20, total: 20));
    }

    [Fact]
    public void Definitions_are_listed_with_the_first_line_of_their_description() =>
        Assert.Equal(
            ["mlp:train  Train it", "x          Other"],
            DefinitionListText.Format([new("mlp:train", "\nTrain it\nslowly", []), new("x", "Other", [])]));

    [Fact]
    public void Definitions_can_be_listed_with_details() =>
        Assert.Equal(["x", "  main: train"], DefinitionListText.FormatVerbose([new("x", "", [new("main", "train")])]));
}
