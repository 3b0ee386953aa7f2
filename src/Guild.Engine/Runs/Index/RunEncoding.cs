using Guild.Engine.Scalars;

namespace Guild.Engine.Runs.Index;

/// <summary>Turns the parts of a run into bytes, and back. The first part is the head, so that it can be decoded alone.</summary>
internal static class RunEncoding
{
    /// <summary>Is raised whenever the bytes change their meaning. An index of another version is made anew.</summary>
    public const int Version = 4;

    public static byte[] Encode(RunContent run)
    {
        var head = EncodeHead(run.Head);
        var writer = new ByteWriter();
        writer.Write(head.Length);
        writer.WriteBytes(head);
        var details = run.Details;
        writer.WriteMap(details.Flags);
        writer.WriteMap(details.ProtoFlags);
        writer.WriteTexts(details.SecretFlags);
        writer.WriteTexts(details.Tags);
        writer.WriteTexts(details.Command);
        writer.Write(details.SourceCodeDigest);
        writer.WriteTexts(details.Notes);
        writer.WriteTexts(details.Problems);
        writer.Write(details.Comments.Count);
        foreach (var comment in details.Comments)
        {
            writer.Write(comment.Body);
            writer.Write(comment.User);
            writer.Write(comment.Host);
            writer.Write(comment.Time);
        }

        writer.WriteMap(run.Attributes);
        return writer.ToArray();
    }

    public static RunHead DecodeHead(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        _ = reader.ReadInteger();
        return new RunHead
        {
            OpRef = new OpRef(reader.ReadShared(), reader.ReadShared(), reader.ReadShared(), reader.ReadShared(), reader.ReadShared()),
            FullName = reader.ReadShared(),
            Status = (RunStatus)reader.ReadInteger(),
            ProjectPath = reader.ReadSharedOrNull(),
            StatusReason = reader.ReadSharedOrNull(),
            Initialized = reader.ReadTime(),
            Started = reader.ReadTime(),
            Stopped = reader.ReadTime(),
            ExitCode = reader.ReadNullableInteger(),
            Label = reader.ReadSharedOrNull(),
            IsMarked = reader.ReadInteger() != 0,
            IsBatch = reader.ReadInteger() != 0,
        };
    }

    public static (RunDetails Details, IReadOnlyDictionary<string, object?> Attributes) DecodeDetails(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Skip(reader.ReadInteger());
        var details = new RunDetails
        {
            Flags = reader.ReadMap(),
            ProtoFlags = reader.ReadMap(),
            SecretFlags = reader.ReadTexts(),
            Tags = reader.ReadTexts(),
            Command = reader.ReadTexts(),
            SourceCodeDigest = reader.ReadSharedOrNull(),
            Notes = reader.ReadTexts(),
            Problems = reader.ReadTexts(),
            Comments = ReadComments(ref reader),
        };
        return (details, reader.ReadMap());
    }

    public static byte[] EncodeLastValues(IReadOnlyDictionary<string, double> values)
    {
        var writer = new ByteWriter();
        writer.Write(values.Count);
        foreach (var (name, value) in values)
        {
            writer.Write(name);
            writer.Write(value);
        }

        return writer.ToArray();
    }

    public static IReadOnlyDictionary<string, double> DecodeLastValues(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var count = reader.ReadInteger();
        var values = new OrderedDictionary<string, double>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            values[reader.ReadShared()] = reader.ReadDouble();
        }

        return values;
    }

    public static byte[] EncodeScalars(IReadOnlyDictionary<string, ScalarSummary> scalars)
    {
        var writer = new ByteWriter();
        writer.Write(scalars.Count);
        foreach (var scalar in scalars.Values)
        {
            writer.Write(scalar.Folder);
            writer.Write(scalar.Tag);
            writer.Write(scalar.First);
            writer.Write(scalar.FirstStep);
            writer.Write(scalar.Last);
            writer.Write(scalar.LastStep);
            writer.Write(scalar.Minimum);
            writer.Write(scalar.MinimumStep);
            writer.Write(scalar.Maximum);
            writer.Write(scalar.MaximumStep);
            writer.Write(scalar.Total);
            writer.Write(scalar.Count);
        }

        return writer.ToArray();
    }

    public static IReadOnlyDictionary<string, ScalarSummary> DecodeScalars(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var count = reader.ReadInteger();
        var scalars = new OrderedDictionary<string, ScalarSummary>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var (folder, tag) = (reader.ReadShared(), reader.ReadShared());
            var scalar = new ScalarSummary
            {
                Name = ScalarSummary.NameOf(folder, tag),
                Folder = folder,
                Tag = tag,
                First = reader.ReadDouble(),
                FirstStep = reader.ReadLong(),
                Last = reader.ReadDouble(),
                LastStep = reader.ReadLong(),
                Minimum = reader.ReadDouble(),
                MinimumStep = reader.ReadLong(),
                Maximum = reader.ReadDouble(),
                MaximumStep = reader.ReadLong(),
                Total = reader.ReadDouble(),
                Count = reader.ReadLong(),
            };
            scalars[scalar.Name] = scalar;
        }

        return scalars;
    }

    private static byte[] EncodeHead(RunHead head)
    {
        var writer = new ByteWriter();
        writer.Write(head.OpRef.PackageType);
        writer.Write(head.OpRef.PackageName);
        writer.Write(head.OpRef.PackageVersion);
        writer.Write(head.OpRef.ModelName);
        writer.Write(head.OpRef.OperationName);
        writer.Write(head.FullName);
        writer.Write((int)head.Status);
        writer.Write(head.ProjectPath);
        writer.Write(head.StatusReason);
        writer.Write(head.Initialized);
        writer.Write(head.Started);
        writer.Write(head.Stopped);
        writer.WriteNullable(head.ExitCode);
        writer.Write(head.Label);
        writer.Write(head.IsMarked ? 1 : 0);
        writer.Write(head.IsBatch ? 1 : 0);
        return writer.ToArray();
    }

    private static RunComment[] ReadComments(ref ByteReader reader)
    {
        var count = reader.ReadInteger();
        if (count == 0)
        {
            return [];
        }

        var comments = new RunComment[count];
        for (var i = 0; i < count; i++)
        {
            comments[i] = new RunComment(reader.ReadText(), reader.ReadShared(), reader.ReadShared(), reader.ReadTime());
        }

        return comments;
    }
}
