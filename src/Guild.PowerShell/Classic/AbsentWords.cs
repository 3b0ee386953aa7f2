namespace Guild.PowerShell.Classic;

/// <summary>The commands that Guild has and this version has not. They are known, so that the answer is better than "unrecognized".</summary>
internal static class AbsentWords
{
    private static readonly CommandSpec[] Shortcuts =
    [
        Absent("", "pull"),
        Absent("", "push"),
        Absent("", "merge"),
        Absent("", "publish"),
    ];

    /// <summary>Those below <c>runs</c>.</summary>
    public static readonly IReadOnlyList<CommandSpec> RunsCommands = Shortcuts;

    /// <summary>Those below <c>guild</c>.</summary>
    public static readonly IReadOnlyList<CommandSpec> Commands =
    [
        .. Shortcuts,
        Absent("use pip", "install"),
        Absent("use pip", "uninstall"),
        Absent("", "packages"),
        Absent("", "package"),
        Absent("", "search"),
        Absent("", "api"),
        Absent("", "completion"),
        Absent("", "download"),
        Absent("", "index"),
        Absent("", "init"),
        Absent("", "new"),
        Absent("", "remote"),
        Absent("", "remotes"),
        Absent("", "serve"),
        Absent("", "shell"),
        Absent("", "sync"),
        Absent("", "sys"),
        Absent("", "tensorboard", "tb"),
        Absent("", "tensorflow", "tf"),
        Absent("", "test"),
        Absent("", "view"),
    ];

    private static CommandSpec Absent(string instead, params string[] names) => new() { Names = names, Summary = "", Instead = instead };
}
