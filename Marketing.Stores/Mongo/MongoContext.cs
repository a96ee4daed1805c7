using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>The collections, with the write concern that an acknowledgment promises: journaled on a majority.</summary>
internal sealed class MongoContext(IMongoDatabase database)
{
    private readonly IMongoDatabase _database = database.WithWriteConcern(WriteConcern.WMajority.With(journal: true));

    public IMongoCollection<BsonDocument> Interactions => _database.GetCollection<BsonDocument>("interactions");

    public IMongoCollection<BsonDocument> DeadLetters => _database.GetCollection<BsonDocument>("deadLetters");

    public IMongoCollection<BsonDocument> Campaigns => _database.GetCollection<BsonDocument>("campaigns");

    /// <summary>The ids ever deleted from <see cref="Campaigns"/>; one is ignored while its campaign exists again.</summary>
    public IMongoCollection<BsonDocument> DeletedCampaigns => _database.GetCollection<BsonDocument>("deletedCampaigns");

    public IMongoCollection<BsonDocument> Users => _database.GetCollection<BsonDocument>("users");

    /// <summary>The users who were erased from the log and may still be in a projection, one document each.</summary>
    public IMongoCollection<BsonDocument> Erasures => _database.GetCollection<BsonDocument>("erasures");

    /// <summary>The users whose erasure is remembered, by keyed hash (<see cref="ErasureHash"/>).</summary>
    public IMongoCollection<BsonDocument> ErasedUsers => _database.GetCollection<BsonDocument>("erasedUsers");

    /// <summary>The events that erased users had sent, by keyed hash.</summary>
    public IMongoCollection<BsonDocument> ErasedEvents => _database.GetCollection<BsonDocument>("erasedEvents");

    /// <summary>Who did what, one document per entry.</summary>
    public IMongoCollection<BsonDocument> Audit => _database.GetCollection<BsonDocument>("audit");

    public IMongoCollection<BsonDocument> AccessKeys => _database.GetCollection<BsonDocument>("accessKeys");

    /// <summary>What a copy to this log has done so far.</summary>
    public IMongoCollection<BsonDocument> CopyState => _database.GetCollection<BsonDocument>("copyState");

    /// <summary>One document per purpose, such as the schema version and the catalog version.</summary>
    public IMongoCollection<BsonDocument> Meta => _database.GetCollection<BsonDocument>("meta");
}
