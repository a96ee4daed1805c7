using System.Text.Json;
using System.Text.Json.Serialization;
using Marketing.Api.Admin;
using Marketing.Api.Analytics;
using Marketing.Api.Audit;
using Marketing.Api.Campaigns;
using Marketing.Api.Interactions;
using Marketing.Api.Users;
using Marketing.Projections.Consistency;
using Marketing.Projections.Ingestion;
using Marketing.Projections.Samples;
using Marketing.Projections.Users;
using Marketing.Recommendations.Answers;
using Microsoft.AspNetCore.Mvc;

namespace Marketing.Api;

/// <summary>Source-generated serialization for everything that the API writes as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Recommendation))]
[JsonSerializable(typeof(IngestResponse))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(UserAttributesResponse))]
[JsonSerializable(typeof(UserExportResponse))]
[JsonSerializable(typeof(SimilarUsersResponse))]
[JsonSerializable(typeof(ErasureReport))]
[JsonSerializable(typeof(PageResponse<InteractionResponse>))]
[JsonSerializable(typeof(CampaignResponse))]
[JsonSerializable(typeof(PageResponse<CampaignResponse>))]
[JsonSerializable(typeof(CampaignAnalyticsResponse))]
[JsonSerializable(typeof(TrendingResponse))]
[JsonSerializable(typeof(RebuildReport))]
[JsonSerializable(typeof(ConsistencyResponse))]
[JsonSerializable(typeof(JobResponse))]
[JsonSerializable(typeof(SampleLoadReport))]
[JsonSerializable(typeof(PageResponse<DeadLetterResponse>))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(RemovedResponse))]
[JsonSerializable(typeof(PageResponse<AuditEntryResponse>))]
[JsonSerializable(typeof(PageResponse<KeyResponse>))]
[JsonSerializable(typeof(CreatedKeyResponse))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;

/// <summary>Writes enum names in camel case.</summary>
internal sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
