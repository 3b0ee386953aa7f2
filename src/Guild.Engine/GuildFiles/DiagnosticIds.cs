namespace Guild.Engine.GuildFiles;

/// <summary>The ids of findings in Guild files. They are stable: scripts and editors may rely on them.</summary>
internal static class DiagnosticIds
{
    public const string Unreadable = "Unreadable";
    public const string InvalidYaml = "InvalidYaml";
    public const string InvalidEncoding = "InvalidEncoding";
    public const string TooLarge = "TooLarge";
    public const string DuplicateKey = "DuplicateKey";
    public const string UnknownTag = "UnknownTag";
    public const string WrongType = "WrongType";
    public const string InvalidName = "InvalidName";
    public const string MissingType = "MissingType";
    public const string MultipleTypes = "MultipleTypes";
    public const string DuplicateModel = "DuplicateModel";
    public const string DuplicatePackage = "DuplicatePackage";
    public const string MultipleDefaults = "MultipleDefaults";
    public const string UnknownAttribute = "UnknownAttribute";
    public const string UnknownPlugin = "UnknownPlugin";
    public const string OldName = "OldName";
    public const string IgnoredAttribute = "IgnoredAttribute";
    public const string NotSupportedYet = "NotSupportedYet";
    public const string InvalidReference = "InvalidReference";
    public const string InvalidCommand = "InvalidCommand";
    public const string InvalidStep = "InvalidStep";
    public const string InvalidOptimizer = "InvalidOptimizer";
    public const string InvalidFlag = "InvalidFlag";
    public const string SecretDefault = "SecretDefault";
    public const string UnknownFlagType = "UnknownFlagType";
    public const string InvalidRequirement = "InvalidRequirement";
    public const string InvalidSha256 = "InvalidSha256";
    public const string InvalidTargetPath = "InvalidTargetPath";
    public const string InvalidTargetType = "InvalidTargetType";
    public const string MissingSourceType = "MissingSourceType";
    public const string ConflictingSourceTypes = "ConflictingSourceTypes";
    public const string InvalidSelect = "InvalidSelect";
    public const string InvalidRename = "InvalidRename";
    public const string InvalidSourceCode = "InvalidSourceCode";
}
