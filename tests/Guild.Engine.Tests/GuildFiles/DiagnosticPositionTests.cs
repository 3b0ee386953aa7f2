using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

public sealed class DiagnosticPositionTests
{
    [Theory]
    [InlineData("a: [1\n", "InvalidYaml", 2, 1)]
    [InlineData("text\n", "WrongType", 1, 1)]
    [InlineData("- text\n", "WrongType", 1, 3)]
    [InlineData("- model: m\n- description: d\n", "MissingType", 2, 3)]
    [InlineData("- model: m\n  config: c\n", "MultipleTypes", 1, 3)]
    [InlineData("- model: 1\n", "InvalidName", 1, 10)]
    [InlineData("- model: ' m'\n", "InvalidName", 1, 10)]
    [InlineData("- model: m\n- model: m\n", "DuplicateModel", 2, 10)]
    [InlineData("- package: p\n- package: q\n", "DuplicatePackage", 2, 3)]
    [InlineData("- model: m\n  operations: [a]\n", "WrongType", 2, 15)]
    [InlineData("- model: m\n  default: 3\n", "WrongType", 2, 12)]
    [InlineData("- model: m\n  extends: n\n", "InvalidReference", 2, 12)]
    [InlineData("- model: m\n  extends: gpkg.x/n\n", "InvalidReference", 2, 12)]
    [InlineData("- model: m\n  extends: m\n", "InvalidReference", 2, 12)]
    [InlineData("- config: a\n  extends: b\n- config: b\n  extends: a\n- model: m\n  extends: a\n", "InvalidReference", 4, 12)]
    [InlineData("- model: m\n  params: [a]\n", "WrongType", 2, 11)]
    [InlineData("- include: other.yml\n", "InvalidReference", 1, 12)]
    [InlineData("- model: m\n  default-target-type: move\n", "InvalidTargetType", 2, 24)]
    [InlineData("on: x\n", "InvalidName", 1, 1)]
    [InlineData("train: 5\n", "WrongType", 1, 8)]
    [InlineData("train:\n", "WrongType", 1, 7)]
    [InlineData("a: !!int x\n", "UnknownTag", 1, 4)]
    public void A_finding_of_the_file_is_where_it_was_made(string text, string id, int line, int column) => AssertOnlyError(text, id, line, column);

    [Theory]
    [InlineData("main: [[a]]", "WrongType", 2, 10)]
    [InlineData("main: {a: b}", "WrongType", 2, 9)]
    [InlineData("main: train 'x", "InvalidCommand", 2, 9)]
    [InlineData("exec: 5", "WrongType", 2, 9)]
    [InlineData("steps: a", "WrongType", 2, 10)]
    [InlineData("steps: [5]", "WrongType", 2, 11)]
    [InlineData("flags: [a]", "WrongType", 2, 10)]
    [InlineData("flags: {yes: 1}", "InvalidName", 2, 11)]
    [InlineData("flags: {$include: base}", "InvalidReference", 2, 21)]
    [InlineData("flags: {$other: base}", "NotSupportedYet", 2, 11)]
    [InlineData("flags: {a: {min: low}}", "WrongType", 2, 20)]
    [InlineData("flags: {a: {max: [1]}}", "WrongType", 2, 20)]
    [InlineData("flags: {a: {min: 2, max: 1}}", "InvalidFlag", 2, 20)]
    [InlineData("flags: {a: {choices: 1}}", "WrongType", 2, 24)]
    [InlineData("flags: {a: {choices: [{description: x}]}}", "InvalidFlag", 2, 25)]
    [InlineData("flags: {a: {required: 5}}", "WrongType", 2, 25)]
    [InlineData("flags: {a: {distribution: normal}}", "InvalidFlag", 2, 29)]
    [InlineData("flags-import: 5", "WrongType", 2, 17)]
    [InlineData("env: [a]", "WrongType", 2, 8)]
    [InlineData("tags: {a: b}", "WrongType", 2, 9)]
    [InlineData("tags: [[a]]", "WrongType", 2, 10)]
    [InlineData("stoppable: maybe", "WrongType", 2, 14)]
    [InlineData("output-scalars: 5", "WrongType", 2, 19)]
    [InlineData("objective: {reduce: loss}", "WrongType", 2, 14)]
    [InlineData("plugin-op: x", "NotSupportedYet", 2, 3)]
    [InlineData("requires: 5", "WrongType", 2, 13)]
    [InlineData("requires: a b", "InvalidRequirement", 2, 13)]
    [InlineData("requires: {select: x}", "MissingSourceType", 2, 13)]
    [InlineData("requires: {file: a, url: b}", "ConflictingSourceTypes", 2, 13)]
    [InlineData("requires: {sources: x}", "WrongType", 2, 23)]
    [InlineData("requires: {sources: [5]}", "WrongType", 2, 24)]
    [InlineData("requires: {file: 5}", "WrongType", 2, 20)]
    [InlineData("requires: {dvcfile: x}", "NotSupportedYet", 2, 14)]
    [InlineData("requires: {file: a, sha256: 1234}", "InvalidSha256", 2, 31)]
    [InlineData("requires: {file: a, sha256: xyz}", "InvalidSha256", 2, 31)]
    [InlineData("requires: {file: a, sha256: }", "InvalidSha256", 2, 31)]
    [InlineData("requires: {file: a, target-path: /abs}", "InvalidTargetPath", 2, 36)]
    [InlineData("requires: {file: a, target-path: 'a/../..'}", "InvalidTargetPath", 2, 36)]
    [InlineData("requires: {file: a, path: 'C:\\x'}", "InvalidTargetPath", 2, 29)]
    [InlineData("requires: {file: a, target-type: move}", "InvalidTargetType", 2, 36)]
    [InlineData("requires: {file: a, select: {b: c}}", "InvalidSelect", 2, 31)]
    [InlineData("requires: {file: a, select: ['(']}", "InvalidSelect", 2, 32)]
    [InlineData("requires: {file: a, rename: a b c}", "InvalidRename", 2, 31)]
    [InlineData("requires: {file: a, rename: [5]}", "InvalidRename", 2, 32)]
    [InlineData("sourcecode: 5", "WrongType", 2, 15)]
    [InlineData("sourcecode: [{include: a, exclude: b}]", "InvalidSourceCode", 2, 16)]
    [InlineData("sourcecode: [{exclude: {folder: b}}]", "InvalidSourceCode", 2, 26)]
    [InlineData("sourcecode: {dest: ../out}", "InvalidTargetPath", 2, 22)]
    public void A_finding_of_an_operation_is_where_it_was_made(string attributes, string id, int line, int column) =>
        AssertOnlyError(GuildFileText.OperationText(attributes), id, line, column);

    [Theory]
    [InlineData("desciption: x", "UnknownAttribute", 2, 3)]
    [InlineData("cmd: x", "OldName", 2, 3)]
    [InlineData("label-template: x", "OldName", 2, 3)]
    [InlineData("required: data", "OldName", 2, 3)]
    [InlineData("disabled-plugins: all", "OldName", 2, 3)]
    [InlineData("plugins: [cpu, memroy]", "UnknownPlugin", 2, 12)]
    [InlineData("plugins: GPU", "UnknownPlugin", 2, 12)]
    [InlineData("flags: {a: {value: 1}}", "OldName", 2, 15)]
    [InlineData("flags: {a: {options: [1]}}", "OldName", 2, 15)]
    [InlineData("flags: {a: {choices: [{value: 1, args: {b: c}}]}}", "OldName", 2, 36)]
    [InlineData("flags: {a: {type: integer}}", "UnknownFlagType", 2, 21)]
    [InlineData("flags: {a: {defualt: 1}}", "UnknownAttribute", 2, 15)]
    [InlineData("exec: x\nmain: y", "IgnoredAttribute", 3, 3)]
    [InlineData("main: x\nsteps: [a]", "IgnoredAttribute", 3, 3)]
    [InlineData("set-trace: yes", "NotSupportedYet", 2, 3)]
    [InlineData("main: x\nmain: y", "DuplicateKey", 3, 3)]
    [InlineData("requires: {file: a, path: b, target-path: c}", "IgnoredAttribute", 2, 23)]
    public void A_warning_leaves_the_file_usable(string attributes, string id, int line, int column)
    {
        var result = GuildFileText.Parse(GuildFileText.OperationText(attributes));

        Assert.NotNull(result.File);
        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal((DiagnosticSeverity.Warning, id, new TextPosition(line, column)), (warning.Severity, warning.Id, warning.Position));
        Assert.Equal(result.Diagnostics, result.File.Warnings);
    }

    [Fact]
    public void All_findings_come_at_once_and_in_file_order()
    {
        var result = GuildFileText.Parse(
            """
            - model: m
              operations:
                b:
                  stoppable: 5
                  desciption: x
                a:
                  requires: {file: x, target-type: move}
                a: y
            - model: m
            """);

        Assert.Null(result.File);
        Assert.Equal(
            ["WrongType 4", "UnknownAttribute 5", "DuplicateKey 8", "DuplicateModel 9"],
            result.Diagnostics.Select(d => $"{d.Id} {d.Position.Line}"));
    }

    [Fact]
    public void A_finding_in_a_part_that_aliases_share_is_there_once() =>
        Assert.Equal("WrongType", GuildFileText.Only("a: &x {stoppable: 5}\nb: *x\nc: *x\n").Id);

    private static void AssertOnlyError(string text, string id, int line, int column)
    {
        var result = GuildFileText.Parse(text);

        Assert.Null(result.File);
        var error = Assert.Single(result.Diagnostics);
        Assert.Equal((id, new TextPosition(line, column), GuildFileText.Path), (error.Id, error.Position, error.File));
        Assert.Equal(DiagnosticSeverity.Error, error.Severity);
    }
}
