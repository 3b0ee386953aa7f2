using Guild.Engine.Operations;

namespace Guild.Engine.Tests.Operations;

public sealed class RecordedCommandTests
{
    private const string NoPython = "/no/such/python";

    [Fact]
    public void A_module_staged_by_Guild_AI_is_run_directly_with_its_flags_as_arguments()
    {
        using var project = new TempProject("");

        var command = Translate(project, [NoPython, "-um", "guild.op_main", "train", "--data", "a -- b", "--", "--lr", "0.1"]);

        Assert.Equal(["-um", "train", "--data", "a -- b", "--lr", "0.1"], command.Arguments.Skip(1));
    }

    [Fact]
    public void A_recorded_Python_that_is_gone_gives_way_to_the_one_that_is_there()
    {
        using var project = new TempProject("");

        var command = Translate(project, [NoPython, "-um", "guild.op_main", "train", "--"]);

        Assert.Equal(Interpreters.FindPython(project.Context), command.Arguments[0]);
    }

    [Fact]
    public void Values_for_global_variables_keep_their_types()
    {
        using var project = new TempProject("");

        var command = Translate(
            project,
            [NoPython, "-um", "guild.op_main", "train", "--base", "1", "--", "--lr", "1.0e-05", "--name", "'yes'", "--on", "true", "--sizes", "[1, 2]", "--verbose"],
            ("FLAGS_DEST", "globals"));

        Assert.Equal("guild_main.py", Path.GetFileName(command.Arguments[2]));
        Assert.Equal(
            ["globals", "train", "--base", "1", "--", "--lr", "1E-05", "--name", "\"yes\"", "--on", "true", "--sizes", "[1, 2]", "--verbose", "true"],
            command.Arguments.Skip(3));
    }

    [Fact]
    public void Flags_that_go_nowhere_are_left_out()
    {
        using var project = new TempProject("");

        var command = Translate(project, [NoPython, "-um", "guild.op_main", "train", "--data", "a", "--", "--lr", "0.1"], ("FLAGS_DEST", "none"));

        Assert.Equal(["-um", "train", "--data", "a"], command.Arguments.Skip(1));
    }

    [Fact]
    public void The_folder_of_a_module_goes_in_front_of_the_path_of_Python()
    {
        using var project = new TempProject("");

        var command = Translate(project, [NoPython, "-um", "guild.op_main", "sub/train", "--"], ("PYTHONPATH", "."));

        Assert.Equal(["-um", "train"], command.Arguments.Skip(1));
        Assert.Equal(string.Join(Path.PathSeparator, Path.Combine(".", "sub"), "."), command.Environment["PYTHONPATH"]);
    }

    // Seen after Guild AI 0.9.1 restarted a run of this module: it writes its own PYTHONPATH to the record, which leads to no folder of the run.
    [Fact]
    public void The_folder_of_a_module_is_looked_for_in_the_run_where_the_record_keeps_that_folder()
    {
        using var project = new TempProject("");

        var command = Translate(
            project, [NoPython, "-um", "guild.op_main", "sub/m", "--", "--lr", "0.2"], ("NO_SYS_PATH_MODIFY", "1"), ("PYTHONPATH", string.Join(Path.PathSeparator, "/opt/src", "/opt/lib")));

        Assert.Equal(["-um", "m", "--lr", "0.2"], command.Arguments.Skip(1));
        Assert.Equal(
            string.Join(Path.PathSeparator, Path.Combine(".", "sub"), Path.Combine("/opt/src", "sub"), Path.Combine("/opt/lib", "sub"), ".", "/opt/src", "/opt/lib"),
            command.Environment["PYTHONPATH"]);
    }

    [Fact]
    public void Any_other_command_stays_as_it_was_recorded()
    {
        using var project = new TempProject("");
        string[] recorded = [NoPython, "-um", "guild.steps_main"];

        Assert.Equal(recorded, Translate(project, recorded).Arguments);
    }

    private static RecordedCommand Translate(TempProject project, IReadOnlyList<string> command, params (string Name, string Value)[] environment) =>
        RecordedCommand.Of(command, environment.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal), project.Context);
}
