namespace Guild.PowerShell.Classic;

/// <summary>What a word of a command line names, so that completion knows what to offer for it.</summary>
internal enum WordKind
{
    /// <summary>Nothing that is known: text of the user's own.</summary>
    Text,

    /// <summary>A file or folder.</summary>
    Path,

    /// <summary>An operation that is run.</summary>
    Operation,

    /// <summary>A model that is trained.</summary>
    TrainedModel,

    /// <summary>A flag or resource of the operation: <c>NAME=VALUE</c>.</summary>
    Flag,

    /// <summary>A run.</summary>
    Run,

    /// <summary>A deleted run.</summary>
    DeletedRun,

    /// <summary>A run whose program is running.</summary>
    RunningRun,

    /// <summary>A file of a run.</summary>
    RunFile,

    /// <summary>An attribute of a run.</summary>
    Attribute,

    /// <summary>Columns of a comparison.</summary>
    Column,

    /// <summary>A folder or zip file of runs, or the name of an archive.</summary>
    Archive,

    /// <summary>A label of runs.</summary>
    Label,

    /// <summary>A tag of runs.</summary>
    Tag,

    /// <summary>A filter of runs.</summary>
    Filter,

    /// <summary>A range of time.</summary>
    TimeRange,

    /// <summary>A digest of source code.</summary>
    Digest,

    /// <summary>An operation that is listed, or whose runs are.</summary>
    ListedOperation,

    /// <summary>A model that is listed.</summary>
    ListedModel,

    /// <summary>A resource that is listed.</summary>
    ListedResource,

    /// <summary>An optimizer.</summary>
    Optimizer,

    /// <summary>A flag of an optimizer: <c>NAME=VALUE</c>.</summary>
    OptimizerFlag,

    /// <summary>A scalar.</summary>
    Scalar,

    /// <summary>How bad trials are ended before their time.</summary>
    EarlyStop,
}
