using System.Runtime.InteropServices;
using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using Milvus.Client;

namespace Marketing.Stores.Milvus;

/// <summary>The collection's columns, and messages as columns.</summary>
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

    /// <summary>The longest string column Milvus has; holds the terms of any message within the limits.</summary>
    private const int TermsLength = 65_535;

    public static IReadOnlyList<FieldSchema> Schema(int dimensions) =>
    [
        FieldSchema.CreateVarchar(IdField, IdLength, isPrimaryKey: true),
        FieldSchema.CreateVarchar(UserIdField, IdLength),
        FieldSchema.CreateVarchar(CampaignIdField, IdLength),
        FieldSchema.Create<long>(OccurredAtField),
        FieldSchema.CreateVarchar(TermsField, TermsLength),
        FieldSchema.CreateFloatVector(VectorField, dimensions),
    ];

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

    /// <summary>A column of an answer; empty when the answer has no rows and so no columns.</summary>
    public static IReadOnlyList<T> Column<T>(IReadOnlyList<FieldData> columns, string name) =>
        columns.OfType<FieldData<T>>().FirstOrDefault(column => column.FieldName == name)?.Data ?? [];

    /// <summary>A value as a literal of Milvus' filter expressions.</summary>
    public static string Literal(string value) =>
        "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static string Encode(ReadOnlySpan<uint> terms) => Convert.ToBase64String(MemoryMarshal.AsBytes(terms));

    private static uint[] Decode(string terms) => MemoryMarshal.Cast<byte, uint>(Convert.FromBase64String(terms)).ToArray();
}
