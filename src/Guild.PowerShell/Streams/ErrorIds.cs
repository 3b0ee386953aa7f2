using System.Management.Automation;
using Guild.Engine;

namespace Guild.PowerShell.Streams;

/// <summary>The ids of all errors that cmdlets report. They are part of the module's promise: scripts test for them.</summary>
internal static class ErrorIds
{
    public const string GuildFileInvalid = "GuildFileInvalid";
    public const string GuildFileNotFound = "GuildFileNotFound";
    public const string GuildFileExists = "GuildFileExists";
    public const string OperationNotFound = "OperationNotFound";
    public const string OperationAmbiguous = "OperationAmbiguous";
    public const string ModelNotFound = "ModelNotFound";
    public const string ModelAmbiguous = "ModelAmbiguous";
    public const string ResourceNotFound = "ResourceNotFound";
    public const string ResourceAmbiguous = "ResourceAmbiguous";
    public const string PackageNotFound = "PackageNotFound";
    public const string ScalarNotFound = "ScalarNotFound";
    public const string RunNotFound = "RunNotFound";
    public const string RunAmbiguous = "RunAmbiguous";
    public const string FilterInvalid = "FilterInvalid";
    public const string TimeRangeInvalid = "TimeRangeInvalid";
    public const string FlagInvalid = "FlagInvalid";
    public const string FlagReferenceInvalid = "FlagReferenceInvalid";
    public const string ColumnInvalid = "ColumnInvalid";
    public const string ResourceNotResolved = "ResourceNotResolved";
    public const string ProgramNotStarted = "ProgramNotStarted";
    public const string RunStateInvalid = "RunStateInvalid";
    public const string HomeUnusable = "HomeUnusable";
    public const string RequestInvalid = "RequestInvalid";
    public const string UsageInvalid = "UsageInvalid";
    public const string OperationFailed = "OperationFailed";
    public const string InputChanged = "InputChanged";
    public const string RunArchiveInvalid = "RunArchiveInvalid";
    public const string AccessFailed = "AccessFailed";

    /// <summary>The id and the category of an error of the engine.</summary>
    public static (string Id, ErrorCategory Category) Of(Exception error) => error switch
    {
        GuildFileException => (GuildFileInvalid, ErrorCategory.ParserError),
        GuildFileNotFoundException => (GuildFileNotFound, ErrorCategory.ObjectNotFound),
        GuildFileExistsException => (GuildFileExists, ErrorCategory.ResourceExists),
        NameNotFoundException { Kind: NameKind.Operation } => (OperationNotFound, ErrorCategory.ObjectNotFound),
        NameNotFoundException { Kind: NameKind.Model } => (ModelNotFound, ErrorCategory.ObjectNotFound),
        NameNotFoundException { Kind: NameKind.Resource } => (ResourceNotFound, ErrorCategory.ObjectNotFound),
        NameNotFoundException { Kind: NameKind.Package } => (PackageNotFound, ErrorCategory.ObjectNotFound),
        NameNotFoundException { Kind: NameKind.Scalar } => (ScalarNotFound, ErrorCategory.ObjectNotFound),
        NameNotFoundException => (RunNotFound, ErrorCategory.ObjectNotFound),
        AmbiguousNameException { Kind: NameKind.Model } => (ModelAmbiguous, ErrorCategory.InvalidArgument),
        AmbiguousNameException { Kind: NameKind.Run } => (RunAmbiguous, ErrorCategory.InvalidArgument),
        AmbiguousNameException { Kind: NameKind.Resource } => (ResourceAmbiguous, ErrorCategory.InvalidArgument),
        AmbiguousNameException => (OperationAmbiguous, ErrorCategory.InvalidArgument),
        FilterException => (FilterInvalid, ErrorCategory.InvalidArgument),
        TimeRangeException => (TimeRangeInvalid, ErrorCategory.InvalidArgument),
        FlagException => (FlagInvalid, ErrorCategory.InvalidArgument),
        Engine.Flags.FlagReferenceException => (FlagReferenceInvalid, ErrorCategory.InvalidArgument),
        ColumnException => (ColumnInvalid, ErrorCategory.InvalidArgument),
        ResourceException => (ResourceNotResolved, ErrorCategory.ResourceUnavailable),
        ProgramException => (ProgramNotStarted, ErrorCategory.ResourceUnavailable),
        RunStateException => (RunStateInvalid, ErrorCategory.InvalidOperation),
        Engine.Runs.Transfer.RunArchiveException => (RunArchiveInvalid, ErrorCategory.InvalidData),
        HomeException => (HomeUnusable, ErrorCategory.ResourceUnavailable),
        RequestException => (RequestInvalid, ErrorCategory.InvalidArgument),
        UnauthorizedAccessException => (AccessFailed, ErrorCategory.PermissionDenied),
        _ => (AccessFailed, ErrorCategory.ReadError),
    };
}
