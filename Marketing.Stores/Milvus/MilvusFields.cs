using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Milvus.Client;

namespace Marketing.Stores.Milvus;

/// <summary>Defines the collection's columns and converts messages to and from them.</summary>
internal static class MilvusFields
{
    public const string IdField = "id";
    public const string UserIdField = "userId";
    public const string CampaignIdField = "campaignId";
    public const string OccurredAtField = "occurredAt";
    public const string TermsField = "terms";
    public const string VectorField = "vector";

    /// <summary>The longest id in bytes: 128 characters of UTF-8.</summary>
    private const int IdLength = 512;

    /// <summary>The longest string column that Milvus allows; it holds the terms of any message within the limits.</summary>
    private const int TermsLength = 65_535;

    /// <summary>The version of the columns that this code reads and writes.</summary>
    private const int Version = 1;

    private const string ModelKey = "model", VersionKey = "schema";

    /// <summary>The columns, with a description that holds what the name cannot: the exact model and the version.</summary>
    public static CollectionSchema Schema(VectorSpace space, int version = Version)
    {
        var pairs = new DbConnectionStringBuilder { [ModelKey] = space.Model, [VersionKey] = version };
        return new CollectionSchema
        {
            Description = pairs.ConnectionString,
            Fields =
            {
                FieldSchema.CreateVarchar(IdField, IdLength, isPrimaryKey: true),
                FieldSchema.CreateVarchar(UserIdField, IdLength),
                FieldSchema.CreateVarchar(CampaignIdField, IdLength),
                FieldSchema.Create<long>(OccurredAtField),
                FieldSchema.CreateVarchar(TermsField, TermsLength),
                FieldSchema.CreateFloatVector(VectorField, space.Dimensions),
            },
        };
    }

    /// <summary>Rejects a collection that has our name but is not ours.</summary>
    /// <exception cref="StoreStartupException">It has other columns, another model or dimension, or belongs to a newer version.</exception>
    public static void Check(MilvusCollectionDescription found, VectorSpace space)
    {
        var what = $"Collection {found.CollectionName} of ConnectionStrings:milvus";
        const string Remedy = "drop it, so that it is refilled from the log, or use another database";
        var fields = found.Schema.Fields.ToDictionary(field => field.Name);
        if (Schema(space).Fields.FirstOrDefault(field => !fields.ContainsKey(field.Name)) is { } missing)
        {
            throw new StoreStartupException($"{what} has no field {missing.Name}: {Remedy}.");
        }

        if (fields[VectorField].Dimension is { } dimension && dimension != space.Dimensions)
        {
            throw new StoreStartupException($"{what} has {dimension} dimensions, but the embedder {space.Model} has {space.Dimensions}: {Remedy}.");
        }

        // An old collection without a description is identified only by its name.
        var said = new DbConnectionStringBuilder { ConnectionString = found.Schema.Description ?? "" };
        if (said.Find(ModelKey) is { } model && model != space.Model)
        {
            throw new StoreStartupException($"{what} was built with the embedder {model}, but the current embedder is {space.Model}: {Remedy}.");
        }

        if (int.TryParse(said.Find(VersionKey), CultureInfo.InvariantCulture, out var version) && version > Version)
        {
            throw new StoreStartupException($"{what} has schema version {version}, but this program supports {Version}: run the newer version, or {Remedy}.");
        }
    }

    public static IReadOnlyList<FieldData> Columns(IReadOnlyList<MessageVector> messages) =>
    [
        FieldData.CreateVarChar(IdField, [.. messages.Select(message => message.Id.Value)]),
        FieldData.CreateVarChar(UserIdField, [.. messages.Select(message => message.UserId.Value)]),
        FieldData.CreateVarChar(CampaignIdField, [.. messages.Select(message => message.CampaignId?.Value ?? "")]),
        FieldData.Create(OccurredAtField, [.. messages.Select(message => message.OccurredAt.ToUnixTimeMilliseconds())]),
        FieldData.CreateVarChar(TermsField, [.. messages.Select(message => Encode(message.Terms.Span))]),
        FieldData.CreateFloatVector(VectorField, [.. messages.Select(message => message.Vector)]),
    ];

    public static IEnumerable<MessageVector> Messages(IReadOnlyList<FieldData> columns)
    {
        var ids = Column<string>(columns, IdField);
        var users = Column<string>(columns, UserIdField);
        var campaigns = Column<string>(columns, CampaignIdField);
        var times = Column<long>(columns, OccurredAtField);
        var terms = Column<string>(columns, TermsField);
        var vectors = columns.OfType<FloatVectorFieldData>().FirstOrDefault()?.Data ?? [];
        for (var i = 0; i < ids.Count; i++)
        {
            yield return new MessageVector(
                new EventId(ids[i]),
                new UserId(users[i]),
                campaigns[i].Length == 0 ? null : new CampaignId(campaigns[i]),
                DateTimeOffset.FromUnixTimeMilliseconds(times[i]),
                vectors[i],
                Decode(terms[i]));
        }
    }

    /// <summary>Returns a column of a response; empty when the response has no rows and therefore no columns.</summary>
    public static IReadOnlyList<T> Column<T>(IReadOnlyList<FieldData> columns, string name) =>
        columns.OfType<FieldData<T>>().FirstOrDefault(column => column.FieldName == name)?.Data ?? [];

    /// <summary>Formats a value as a literal of a Milvus filter expression.</summary>
    public static string Literal(string value) =>
        "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static string Encode(ReadOnlySpan<uint> terms) => Convert.ToBase64String(MemoryMarshal.AsBytes(terms));

    /// <summary>Decodes terms; an invalid value yields none, and the consistency check finds the difference.</summary>
    private static uint[] Decode(string terms)
    {
        var bytes = new byte[terms.Length];
        return Convert.TryFromBase64String(terms, bytes, out var length)
            ? MemoryMarshal.Cast<byte, uint>(bytes.AsSpan(0, length)).ToArray()
            : [];
    }
}
